import type { Effect } from "@ghlkit/storage";
import type { EventType } from "../events/event-type.ts";
import type { EventEnvelope, KnownEvent, UnknownEvent, WebhookEvent } from "../events/webhook-event.ts";

/** What a handler has beside the event. */
export interface HandlerContext<Transaction> {
  /** The same for every attempt at this event: pass it to APIs that take idempotency keys. */
  readonly idempotencyKey: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** A newer event of the same entity was handled before: do not overwrite what that one wrote. */
  readonly stale: boolean;
  /**
   * Fires when the handler's time is up, or when another worker has taken the event over. Throw then (`signal.throwIfAborted()`): the
   * event is tried again. A handler that took this signal and returns after its time counts as failed, one that never took it as done.
   */
  readonly signal: AbortSignal;
  /**
   * Completes the event and runs the effect, in one transaction of the inbox: both happen or neither does, whatever crashes.
   * At most once per handler, as its last act. See the engine's package for what the transaction is.
   *
   * @throws GhlError `aborted` when another worker has taken over; nothing was committed.
   */
  readonly commit: (effect: Effect<Transaction>) => Promise<void>;
}

/** Handles the events of one type. */
export type Handler<Event extends EventEnvelope, Transaction> = (
  event: Event,
  context: HandlerContext<Transaction>,
) => void | Promise<void>;

/** A handler per type; `unknown` for genuine events that the contract does not know; `*` for what has none of its own. */
export type Handlers<Transaction> = { readonly [Type in EventType]?: Handler<KnownEvent<Type>, Transaction> } & {
  readonly unknown?: Handler<UnknownEvent, Transaction>;
  readonly "*"?: Handler<WebhookEvent, Transaction>;
};

/** The handler of an event. */
export function handlerFor<Transaction>(
  handlers: Handlers<Transaction>,
  event: WebhookEvent,
): Handler<WebhookEvent, Transaction> | undefined {
  // The key and the event are of one type, which a lookup cannot say.
  return (handlers[event.type] as Handler<WebhookEvent, Transaction> | undefined) ?? handlers["*"];
}
