import type { LocationClient } from "@ghlkit/client";
import type { Clock } from "@ghlkit/core";
import type { Inbox, Journal } from "@ghlkit/storage";
import type { NoticeListener, WebhookSource, WorkerOptions } from "@ghlkit/webhooks";
import type { ProviderMessage } from "./provider-message.ts";

/** The services of a location that a provider calls. The token has to be that of the app which owns the provider. */
export type ProviderClient = Pick<LocationClient, "contacts" | "conversations">;

/** What became of a message at the carrier. */
export type CarrierResult =
  /** The carrier has it, and reports later: call `status` then. `carrierId` is its own id of the message. */
  | { readonly outcome: "accepted"; readonly carrierId?: string }
  | { readonly outcome: "delivered"; readonly carrierId?: string }
  /** It will not arrive. `reason` is shown to people in HighLevel. */
  | { readonly outcome: "failed"; readonly reason: string };

/** What `deliver` has beside the message. */
export interface DeliverContext {
  /** Fires when the message was taken over by another process. */
  readonly signal: AbortSignal;
  /**
   * Guesses whether people had this message sent again after it failed: the id of the newest failed message with the same content to the contact within
   * a day. The platform names no parent. Costs a call.
   */
  readonly retryOf: () => Promise<string | undefined>;
}

/** Options of {@link createConversationProvider}. */
export interface ConversationProviderOptions<Transaction> {
  /** Id of the provider, as the marketplace shows it. */
  readonly providerId: string;
  /** Who posts to the delivery URL: `createConversationProviderSource({ appId })` of `@ghlkit/webhooks`. */
  readonly source: WebhookSource;
  /** Keeps deliveries before they are answered: `storage.inbox` of an engine. */
  readonly inbox: Inbox<Transaction>;
  /** `storage.journal` of any engine: keeps what was delivered, reported and posted. */
  readonly journal: Journal;
  /** The client of a location, with a token of the provider's app: `(id) => ghl.location(id)`. */
  readonly locationOf: (locationId: string) => ProviderClient;
  /**
   * Hands a message to the carrier. Called once per message, however often HighLevel posts it; it may take as long as it needs. An error that it throws is tried again only where
   * `wasDelivered` says that the message did not go.
   */
  readonly deliver: (message: ProviderMessage, context: DeliverContext) => Promise<CarrierResult>;
  /**
   * Asks the carrier about a message whose delivery was cut off by an error or a crash. `undefined`: not certain.
   * @default never certain: such a message is not sent again, it is reported as failed
   */
  readonly wasDelivered?: (message: ProviderMessage) => Promise<CarrierResult | "no" | undefined>;
  /**
   * Looks whether the contact opted out meanwhile, before each text is delivered. Costs a call.
   * @default true
   */
  readonly checkOptOut?: boolean;
  /** Words that opt a contact out of texts, in lower case. @default stop, stopall, unsubscribe, cancel, end, quit */
  readonly stopWords?: readonly string[];
  /** Words that opt a contact in again. @default start, unstop, yes */
  readonly startWords?: readonly string[];
  /**
   * How long HighLevel may not know a message that it has just posted, in ms: reports of its status are tried again so long.
   * @default 30_000
   */
  readonly lagMs?: number;
  /** How deliveries are handled. @default no time limit for `deliver`; else as of the webhook worker */
  readonly worker?: WorkerOptions;
  /** Receives what happens to deliveries, for logs and metrics. */
  readonly onEvent?: NoticeListener;
  /** @default the machine's clock */
  readonly clock?: Clock;
}
