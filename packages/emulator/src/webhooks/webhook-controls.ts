import type { Bytes } from "../http/bytes.ts";
import type { UrlHealth } from "./circuit-breaker.ts";
import type { Delivery, DeliveryFilter } from "./delivery.ts";
import type { DeliveryFaultControls } from "./delivery-fault.ts";

/** Whom events go to. */
export interface WebhookSubscription {
  /** Default: the seeded app. Another id is another app, installed wherever the seeded one is. */
  readonly app?: string;
  readonly url: string;
  /**
   * Types or kinds that this URL is for, in place of the app's default URL. Absent: this is a default URL.
   * `ProviderOutboundMessage` goes to URLs that name it and to no other.
   */
  readonly events?: readonly string[];
}

/** A subscription that is in force. */
export interface Subscribed extends WebhookSubscription {
  readonly id: string;
  readonly app: string;
}

/** A body with the headers that vouch for it. */
export interface SignedWebhook {
  readonly body: Bytes;
  readonly headers: Readonly<Record<string, string>>;
}

/** Fields of an event, laid over those of a sample. `undefined` takes one away. */
export type EventOverrides = Readonly<Record<string, unknown>>;

/** What can be done to webhooks from outside the platform. */
export interface WebhookControls {
  /** Sends events to a URL from now on, until a reset. @throws TypeError when the URL is none. */
  readonly subscribe: (subscription: WebhookSubscription) => Subscribed;
  /** `false` when there was none of this id. */
  readonly unsubscribe: (id: string) => boolean;
  readonly subscriptions: () => readonly Subscribed[];
  /** A body of any kind of event, made up and the same each time but for ids and times; `type` or kind names it. @throws Error for unknown ones. */
  readonly sample: (type: string, overrides?: EventOverrides) => Record<string, unknown>;
  /** Signs bytes as they are; text as UTF-8, anything else as JSON. */
  readonly sign: (body: string | Uint8Array | object) => Promise<SignedWebhook>;
  /**
   * Sends a sample to everyone subscribed whose app is installed there, or to `url` alone.
   * @throws Error when the event is unknown, or no URL would receive it.
   */
  readonly trigger: (type: string, overrides?: EventOverrides, options?: { readonly url?: string }) => readonly Delivery[];
  /** The log, oldest first. */
  readonly deliveries: (filter?: DeliveryFilter) => readonly Delivery[];
  /** One of the log, as it is now. */
  readonly delivery: (id: string) => Delivery | undefined;
  /**
   * Sends the last failed attempt again, once: no retries follow, and success cancels those that are due.
   * Resolves with the delivery as it is then. @throws Error when there is none, it has not failed, or it is older than 30 days.
   */
  readonly resend: (deliveryId: string) => Promise<Delivery>;
  /** Resolves when nothing is on its way. What waits for its time, such as a retry, is not waited for: see `clock.run`. */
  readonly settle: () => Promise<void>;
  /** How the URLs do that deliveries went to, as the platform's circuit breaker sees them. */
  readonly urls: () => readonly UrlHealth[];
  /** Enables the events of a paused URL again. `false` when it was not paused. */
  readonly resume: (url: string) => boolean;
  /** What goes wrong with deliveries. */
  readonly faults: DeliveryFaultControls;
}
