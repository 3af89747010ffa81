import { ghlError, onAbort, type Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Effect, Inbox } from "@ghlkit/storage";
import type { WebhookEvent } from "../events/webhook-event.ts";
import type { Handler, HandlerContext } from "./handlers.ts";
import { watchOverdue } from "./watch-overdue.ts";

export interface CallHandlerOptions<Transaction> {
  readonly inbox: Pick<Inbox<Transaction>, "complete">;
  readonly handlerTimeoutMs: number;
  readonly clock: Clock;
  /** Fires when another worker has taken the event over. */
  readonly lost: AbortSignal;
  /** Called when the time is up and the handler has not ended on its signal, and again after each `handlerTimeoutMs` for as long as the handler runs. */
  readonly onOverdue: (runningMs: number) => void;
}

/** How a handler ended. */
export type HandlerEnd = { readonly outcome: "handled" | "committed" } | { readonly outcome: "failed"; readonly error: unknown };

/**
 * Runs a handler to its end, however long that takes: as long as it runs it may write, so that nothing else of its entity may begin.
 * When its time is up its signal fires. One that then throws has failed. One that then returns is done if it never took the signal
 * from its context; if it did, it may have stopped half-way, and has failed.
 */
export async function callHandler<Transaction>(
  handler: Handler<WebhookEvent, Transaction>,
  event: WebhookEvent,
  claimed: ClaimedDelivery,
  options: CallHandlerOptions<Transaction>,
): Promise<HandlerEnd> {
  const { handlerTimeoutMs, clock, lost, onOverdue } = options;
  const end = new AbortController();
  const state = { committed: false, isLate: false, tookSignal: false, hasEnded: false };
  const forget = onAbort(lost, () => end.abort(takenOver()));
  const stopWatching = watchOverdue(handlerTimeoutMs, clock, (runningMs) => {
    state.isLate = true;
    end.abort(late(handlerTimeoutMs));
    void afterTurns().then(() => state.hasEnded || onOverdue(runningMs));
  });
  try {
    await handler(event, contextOf(claimed, { ...options, end: end.signal, state }));
  } catch (error) {
    // What was committed is done, whatever the handler does afterwards.
    if (!state.committed) return { outcome: "failed", error: state.isLate ? late(handlerTimeoutMs, error) : error };
  } finally {
    state.hasEnded = true;
    stopWatching();
    forget();
  }
  if (state.committed) return { outcome: "committed" };
  return state.isLate && state.tookSignal ? { outcome: "failed", error: late(handlerTimeoutMs) } : { outcome: "handled" };
}

interface HandlerState {
  committed: boolean;
  isLate: boolean;
  tookSignal: boolean;
  hasEnded: boolean;
}

/** Time for a handler to end on its signal: such a one is late, but not overdue. */
async function afterTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function contextOf<Transaction>(
  claimed: ClaimedDelivery,
  options: Pick<CallHandlerOptions<Transaction>, "inbox"> & { readonly end: AbortSignal; readonly state: HandlerState },
): HandlerContext<Transaction> {
  const { inbox, end, state } = options;
  const { stale, delivery } = claimed;
  return {
    idempotencyKey: delivery.id,
    attempt: delivery.attempts,
    stale,
    get signal() {
      state.tookSignal = true;
      return end;
    },
    commit: async (effect: Effect<Transaction>) => {
      if (state.committed) throw ghlError("invalid_request", "commit completes the event: it can be called once.", {});
      const { completed } = await inbox.complete(claimed, "done", effect);
      if (!completed) throw takenOver(" Nothing was committed.");
      state.committed = true;
    },
  };
}

function late(handlerTimeoutMs: number, cause?: unknown): Error {
  const details = { timeoutMs: handlerTimeoutMs, scope: "total", sent: true } as const;
  const message = `The handler took longer than handlerTimeoutMs (${handlerTimeoutMs}).`;
  return ghlError("timeout", message, details, cause === undefined ? {} : { cause });
}

function takenOver(more = ""): Error {
  return ghlError("aborted", `Another worker has taken this event over.${more}`, {});
}
