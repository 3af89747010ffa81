import { abortedError, ghlError, redact, sleep, withinTime, type Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Effect, Inbox } from "@ghlkit/storage";
import type { WebhookEvent } from "../events/webhook-event.ts";
import { eventOfDelivery } from "../receiver/delivery-of-event.ts";
import type { NoticeListener } from "../receiver/webhook-notice.ts";
import { handlerFor, type Handler, type Handlers } from "./handlers.ts";
import { keepLease } from "./keep-lease.ts";
import { retryDelay, type WorkerRetry } from "./retry-delay.ts";

export interface HandlingOptions<Transaction> {
  readonly inbox: Inbox<Transaction>;
  readonly handlers: Handlers<Transaction>;
  readonly handlerTimeoutMs: number;
  readonly leaseMs: number;
  readonly retry: Required<WorkerRetry>;
  readonly stale: "deliver" | "skip";
  readonly clock: Clock;
  readonly emit: NoticeListener;
  /** Fires when the worker may wait no longer for a store that is down. */
  readonly giveUp: AbortSignal;
}

/** Handles one claimed delivery and says in the inbox what became of it. */
export async function handleDelivery<Transaction>(claimed: ClaimedDelivery, options: HandlingOptions<Transaction>): Promise<void> {
  const { inbox, emit } = options;
  const { id, type, attempts: attempt } = claimed.delivery;
  const ended = await runHandler(claimed, options);
  const told = { id, event: type };
  if (ended.outcome === "failed") return fail(claimed, ended.error, options);
  if (ended.outcome === "committed") return emit({ type: "handled", ...told, attempt, stale: claimed.stale });
  const state = ended.outcome === "handled" ? "done" : "ignored";
  const { completed } = await patiently(() => inbox.complete(claimed, state), options);
  if (!completed) emit({ type: "claim_lost", ...told });
  else if (ended.outcome === "handled") emit({ type: "handled", ...told, attempt, stale: claimed.stale });
  else emit({ type: "ignored", ...told, why: ended.outcome });
}

type Ended =
  | { readonly outcome: "handled" | "committed" | "no_handler" | "stale" }
  | { readonly outcome: "failed"; readonly error: unknown };

async function runHandler<Transaction>(claimed: ClaimedDelivery, options: HandlingOptions<Transaction>): Promise<Ended> {
  const { attempts } = claimed.delivery;
  if (attempts > options.retry.maxAttempts) return { outcome: "failed", error: endlessError(attempts - 1) };
  if (claimed.stale && options.stale === "skip") return { outcome: "stale" };
  const lost = new AbortController();
  const { inbox, leaseMs, clock } = options;
  const stopRenewing = keepLease(claimed, { inbox, leaseMs, clock, onLost: () => lost.abort() });
  try {
    const event = await eventOfDelivery(claimed.delivery);
    const handler = handlerFor(options.handlers, event);
    return handler === undefined
      ? { outcome: "no_handler" }
      : await callHandler(handler, event, claimed, { ...options, lost: lost.signal });
  } catch (error) {
    return { outcome: "failed", error };
  } finally {
    stopRenewing();
  }
}

/** An event that ends its process each time would do so for ever. */
function endlessError(begun: number): Error {
  const message = `It was begun ${begun} times and never came to an end: does the process die of it, or is leaseMs too short for the store?`;
  return ghlError("aborted", message, {});
}

async function callHandler<Transaction>(
  handler: Handler<WebhookEvent, Transaction>,
  event: WebhookEvent,
  claimed: ClaimedDelivery,
  { inbox, handlerTimeoutMs, clock, lost }: HandlingOptions<Transaction> & { readonly lost: AbortSignal },
): Promise<Ended> {
  let committed = false;
  const commit = async (effect: Effect<Transaction>): Promise<void> => {
    if (committed) throw ghlError("invalid_request", "commit completes the event: it can be called once.", {});
    const { completed } = await inbox.complete(claimed, "done", effect);
    if (!completed) throw ghlError("aborted", "Another worker has taken this event over. Nothing was committed.", {});
    committed = true;
  };
  const late = (): Error => {
    const details = { timeoutMs: handlerTimeoutMs, scope: "total", sent: true } as const;
    return ghlError("timeout", `The handler took longer than handlerTimeoutMs (${handlerTimeoutMs}).`, details);
  };
  const takenOver = (): Error => ghlError("aborted", "Another worker has taken this event over.", {});
  const { stale, delivery } = claimed;
  const known = { idempotencyKey: delivery.id, attempt: delivery.attempts, stale, commit };
  const work = async (signal: AbortSignal): Promise<void> => handler(event, { ...known, signal });
  try {
    await withinTime(work, { ms: handlerTimeoutMs, signal: lost, clock, late, aborted: takenOver });
  } catch (error) {
    // What was committed is done, whatever the handler does afterwards.
    if (!committed) throw error;
  }
  return { outcome: committed ? "committed" : "handled" };
}

async function fail<Transaction>(claimed: ClaimedDelivery, error: unknown, options: HandlingOptions<Transaction>): Promise<void> {
  const { inbox, retry, emit } = options;
  const { id, type, attempts: attempt } = claimed.delivery;
  const retryInMs = attempt >= retry.maxAttempts ? undefined : retryDelay(attempt, retry);
  const failure = { error: reasonOf(error), ...(retryInMs === undefined ? {} : { retryInMs }) };
  const { failed } = await patiently(() => inbox.fail(claimed, failure), options);
  const told = { id, event: type, attempt, error };
  if (!failed) emit({ type: "claim_lost", id, event: type });
  else if (retryInMs === undefined) emit({ type: "dead", ...told });
  else emit({ type: "handler_failed", ...told, retryInMs });
}

/**
 * Tries until the store takes it: the handler's work is done, and while the store is down nobody else can take the event over.
 * @throws the store's error when the worker has to end.
 */
async function patiently<Result, Transaction>(action: () => Promise<Result>, options: HandlingOptions<Transaction>): Promise<Result> {
  const { clock, emit, giveUp } = options;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 2000)) {
    try {
      const result = await action();
      if (waitMs > 50) emit({ type: "worker_recovered" });
      return result;
    } catch (error) {
      if (waitMs === 50) emit({ type: "worker_failed", error });
      if (giveUp.aborted) throw abortedError(giveUp, { cause: error });
      await sleep(waitMs, giveUp, clock);
    }
  }
}

/** What the inbox keeps of an error: short, and without secrets. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return redact(text).slice(0, 500);
}
