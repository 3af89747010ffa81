import type { Money } from "../money.ts";

/** What every question of the platform says. */
interface Question {
  /** Which of the app's keys it was asked with. */
  readonly mode: "live" | "test";
  /** Whose key it was: what `keys` gave for it. */
  readonly locationId: string;
}

/** Was this paid? */
export interface VerifyQuestion extends Question {
  readonly transactionId: string;
  readonly chargeId: string;
  readonly subscriptionId: string | undefined;
}

/** Which cards are kept of this contact? */
export interface ListMethodsQuestion extends Question {
  readonly contactId: string;
}

/** Charge this. `transactionId` names it: a repetition must not charge again, and is answered by what the first one did. */
export interface ChargeQuestion extends Question {
  readonly transactionId: string;
  readonly contactId: string;
  readonly paymentMethodId: string;
  readonly amount: Money;
  readonly description: string;
}

/** Pay this back. `key` names the refund: a repetition must not pay back again. */
export interface RefundQuestion extends Question {
  readonly transactionId: string;
  readonly chargeId: string;
  /** Major units of the charge's currency, which the question does not name. */
  readonly amount: number;
}

/** Begin this subscription. */
export interface SubscribeQuestion extends Question {
  readonly transactionId: string;
  readonly subscriptionId: string;
  readonly contactId: string;
  readonly paymentMethodId: string;
  /** What is due now. */
  readonly amount: Money;
  /** What is due each time. */
  readonly recurringAmount: Money;
  /** `YYYY-MM-DD`; a later day than today charges nothing now. */
  readonly startDate: string | undefined;
  /** As the platform sent it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** End this subscription. The id is the platform's. */
export interface CancelQuestion extends Question {
  readonly subscriptionId: string;
}
