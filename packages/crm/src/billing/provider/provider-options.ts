import type { Clock, Trace } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { Money } from "../money.ts";
import type { ProviderCharge, ProviderSubscription, StoredMethod } from "./provider-charge.ts";
import type { FindProviderKey } from "./provider-keys.ts";
import type {
  CancelQuestion,
  ChargeQuestion,
  ListMethodsQuestion,
  RefundQuestion,
  SubscribeQuestion,
  VerifyQuestion,
} from "./provider-questions.ts";

/** What someone should look at. */
export type ProviderEvent =
  /** A question came with a key that is none: someone else asks. */
  | { readonly kind: "unknown_key"; readonly type: string }
  /** The charge was made for another transaction: not verified. */
  | { readonly kind: "other_transaction"; readonly question: VerifyQuestion; readonly charge: ProviderCharge }
  /** The charge is not over what the transaction asks for: not verified. `expected` is `undefined` when the platform has no such transaction. */
  | {
      readonly kind: "other_amount";
      readonly question: VerifyQuestion;
      readonly charge: ProviderCharge;
      readonly expected: Money | undefined;
    }
  /** A handler threw; answered with 500. */
  | { readonly kind: "failed"; readonly type: string; readonly error: unknown };

/** What became of a charge that the platform asked for. */
export interface ChargeAnswer {
  readonly charge: Omit<ProviderCharge, "transactionId">;
  /** For the location's staff. */
  readonly message?: string;
}

/** Options of {@link createPaymentProvider}. */
export interface PaymentProviderOptions {
  /** Finds whose key a question came with: `keysOfLocation`, or the app's own store. The key is all that shows that the platform asks. */
  readonly keys: FindProviderKey;
  /** Finds the charge; `undefined` when there is none (yet). Called again and again: it must only look. */
  readonly verify: (question: VerifyQuestion) => Promise<ProviderCharge | undefined>;
  /** What a transaction asks for, read from the platform: `transactionAmount`. A charge over another amount is never verified. */
  readonly expected: (question: VerifyQuestion) => Promise<Money | undefined>;
  /** `storage.journal` of any engine: charges, refunds and subscriptions are carried out once, however often they are asked for. */
  readonly journal: Journal;
  /** The subscription that belongs to a charge: without it in the answer to `verify` the platform keeps its own incomplete. */
  readonly subscription?: (question: VerifyQuestion & { readonly subscriptionId: string }) => Promise<ProviderSubscription | undefined>;
  /** Cards that are kept of a contact. @default none are */
  readonly listMethods?: (question: ListMethodsQuestion) => Promise<readonly StoredMethod[]>;
  /** Charges a card that is kept. @default answered with failure */
  readonly charge?: (question: ChargeQuestion) => Promise<ChargeAnswer>;
  /** Pays back. Hand `key` to the gateway as its idempotency key. @default answered with failure */
  readonly refund?: (question: RefundQuestion & { readonly key: string }) => Promise<{ readonly id: string; readonly amount: Money }>;
  /** Begins a subscription. @default answered with failure */
  readonly subscribe?: (
    question: SubscribeQuestion,
  ) => Promise<{ readonly subscription: ProviderSubscription; readonly charge?: ProviderCharge }>;
  /** Ends one. @default answered with failure */
  readonly cancel?: (question: CancelQuestion) => Promise<void>;
  /** Called with what someone should look at: fraud, a mistake of a factor of 100, a handler that failed. What it throws is reported as an uncaught error. */
  readonly onEvent?: (event: ProviderEvent) => void;
  /**
   * The same refund asked for again within this time is a repetition, and later another one: the platform gives refunds no id. In ms.
   * @default 60_000
   */
  readonly repeatMs?: number;
  /** Runs each question, as `payment.verify` and so on: `createTelemetry().trace` of `ghlkit/telemetry`. @default without a span */
  readonly trace?: Trace;
  /** @default the machine's clock */
  readonly clock?: Clock;
}
