import type { EventType, PayloadOf } from "./event-type.ts";

/** What every event has. Times are ms since epoch. */
export interface EventEnvelope {
  /** The platform's `webhookId`; `sha256:` and the hash of the body where it sent none (see `repeatAfterMs` of workflows). */
  readonly id: string;
  /** Which source vouched for it: `marketplace`, `workflow`, `conversation-provider`. */
  readonly source: string;
  /** Whose event it is. Absent where the body names neither a location nor a company. */
  readonly resource?: { readonly kind: "location" | "company"; readonly id: string };
  /** What it is about, e.g. `contact:abc`. Events of one entity are handled in order. */
  readonly entity: string;
  /** The body's `timestamp`; when it arrived where it has none, or one that is more than a day ahead. */
  readonly occurredAt: number;
  readonly receivedAt: number;
  /** Headers worth keeping, lower-case names; no secret among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they were received. */
  readonly rawBody: Uint8Array;
}

/** An event of a known type. Fields that the contract does not know are in the payload as they came. */
export interface KnownEvent<Type extends EventType> extends EventEnvelope {
  readonly type: Type;
  readonly payload: PayloadOf<Type>;
}

/** An event that is genuine and not known. */
export interface UnknownEvent extends EventEnvelope {
  readonly type: "unknown";
  /** Its `type`, where it has one. */
  readonly wireType: string | undefined;
  /** Known types whose documented body, which has no `type`, looks like this one. */
  readonly candidates: readonly EventType[];
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An event. `switch (event.type)` narrows to the fields of the type. */
export type WebhookEvent = { [Type in EventType]: KnownEvent<Type> }[EventType] | UnknownEvent;
