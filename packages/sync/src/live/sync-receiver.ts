import type { Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import {
  createMarketplaceSource,
  createWebhookReceiver,
  type Handler,
  type Handlers,
  type MarketplaceSourceOptions,
  type WebhookEvent,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from "@ghlkit/webhooks";

/** Options of `sync.receiver()`: those of the source (`appId`, `additionalKeys`, …) and of the receiver. */
export type SyncReceiverOptions = MarketplaceSourceOptions &
  Omit<WebhookReceiverOptions<unknown>, "source" | "inbox" | "handlers" | "clock" | "filter"> & {
    /** Handlers of your own. They are called after the record was read again, so that the copy is up to date. */
    readonly handlers?: Handlers<unknown>;
  };

type AnyHandler = Handler<WebhookEvent, unknown>;

/** A receiver of the marketplace app's webhooks, whose events are handled by the copy, and then by the handlers given. */
export function createSyncReceiver(
  options: SyncReceiverOptions,
  { inbox, clock, handle }: { readonly inbox: Inbox; readonly clock: Clock; readonly handle: AnyHandler },
): WebhookReceiver {
  const { handlers = {}, onEvent, worker, answerWithinMs, retryAfterSeconds, heartbeatMs, ...source } = options;
  return createWebhookReceiver<unknown>({
    source: createMarketplaceSource({ clock, ...source }),
    inbox,
    handlers: before(handle, handlers),
    clock,
    ...(worker !== undefined && { worker }),
    ...(onEvent !== undefined && { onEvent }),
    ...(answerWithinMs !== undefined && { answerWithinMs }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(heartbeatMs !== undefined && { heartbeatMs }),
  });
}

/** Each handler with the copy's before it; what has no handler is the copy's alone. */
function before(handle: AnyHandler, handlers: Handlers<unknown>): Handlers<unknown> {
  const entries = Object.entries(handlers as Readonly<Record<string, AnyHandler | undefined>>).map(([type, handler]) => {
    const both: AnyHandler = async (event, context) => {
      await handle(event, context);
      await handler?.(event, context);
    };
    return [type, both] as const;
  });
  return { "*": handle, ...Object.fromEntries(entries) } as Handlers<unknown>;
}
