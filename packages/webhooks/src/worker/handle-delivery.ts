import { abortedError, ghlError, sleep, type Clock, type Trace } from "@ghlkit/core";
import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";
import { eventOfDelivery } from "../events/delivery-of-event.ts";
import type { WebhookEvent } from "../events/webhook-event.ts";
import type { NoticeListener } from "../events/webhook-notice.ts";
import { callHandler, type HandlerEnd } from "./call-handler.ts";
import { failureText } from "./failure-text.ts";
import { handlerFor, type Handler, type Handlers } from "./handlers.ts";
import { renewClaim } from "./renew-claim.ts";
import { retryDelay, type WorkerRetry } from "./retry-delay.ts";

export interface HandlingOptions<Transaction> {
  readonly inbox: Inbox<Transaction>;
  readonly handlers: Handlers<Transaction>;
  readonly handlerTimeoutMs: number;
  readonly leaseMs: number;
  readonly retry: Required<WorkerRetry>;
  readonly stale: "deliver" | "skip";
  readonly clock: Clock;
  readonly trace: Trace;
  readonly emit: NoticeListener;
  /** Called each time a handler is found to run longer than it may. */
  readonly onOverdue: () => void;
  /** Fires when the worker may wait no longer for a store that is down. */
  readonly giveUp: AbortSignal;
}

/** Handles one claimed delivery and stores its outcome in the inbox. */
export async function handleDelivery<Transaction>(
  claimed: ClaimedDelivery,
  options: HandlingOptions<Transaction>,
  setOverdue: () => void,
): Promise<void> {
  const { inbox, emit } = options;
  const { id, type, attempts: attempt } = claimed.delivery;
  const ended = await runHandler(claimed, options, setOverdue);
  const about = { id, event: type };
  if (ended.outcome === "failed") return fail(claimed, ended.error, options);
  if (ended.outcome === "committed") return emit({ type: "handled", ...about, attempt, stale: claimed.stale });
  const state = ended.outcome === "handled" ? "done" : "ignored";
  const { completed } = await untilStored(() => inbox.complete(claimed, state), options);
  if (!completed) emit({ type: "claim_lost", ...about });
  else if (ended.outcome === "handled") emit({ type: "handled", ...about, attempt, stale: claimed.stale });
  else emit({ type: "ignored", ...about, why: ended.outcome });
}

type Ended = HandlerEnd | { readonly outcome: "no_handler" | "stale" };

/** The lease is renewed until the handler has ended, even if that is long after its time. */
async function runHandler<Transaction>(
  claimed: ClaimedDelivery,
  options: HandlingOptions<Transaction>,
  setOverdue: () => void,
): Promise<Ended> {
  const { attempts } = claimed.delivery;
  if (attempts > options.retry.maxAttempts) return { outcome: "failed", error: endlessError(attempts - 1) };
  if (claimed.stale && options.stale === "skip") return { outcome: "stale" };
  const lost = new AbortController();
  const { inbox, leaseMs, clock, handlerTimeoutMs, trace } = options;
  const stopRenewing = renewClaim(claimed, { inbox, leaseMs, clock, onLost: () => lost.abort() });
  const onOverdue = overdueReport(claimed, options, setOverdue);
  try {
    const event = eventOfDelivery(claimed.delivery);
    const handler = handlerFor(options.handlers, event);
    if (handler === undefined) return { outcome: "no_handler" };
    const inSpan = traced(handler, claimed, trace);
    return await callHandler(inSpan, event, claimed, { inbox, handlerTimeoutMs, clock, lost: lost.signal, onOverdue });
  } catch (error) {
    return { outcome: "failed", error };
  } finally {
    stopRenewing();
  }
}

/** The handler in a span of its own: it ends when the handler does, and fails with it. */
function traced<Transaction>(
  handler: Handler<WebhookEvent, Transaction>,
  { delivery, stale }: ClaimedDelivery,
  trace: Trace,
): Handler<WebhookEvent, Transaction> {
  const attributes = { "ghlkit.event": delivery.type, "ghlkit.attempt": delivery.attempts, "ghlkit.stale": stale };
  return (event, context) => trace(async () => handler(event, context), { name: "webhook.handle", attributes });
}

function overdueReport<Transaction>(
  { delivery }: ClaimedDelivery,
  { emit, onOverdue }: HandlingOptions<Transaction>,
  setOverdue: () => void,
): (runningMs: number) => void {
  const { id, type: event, entity, attempts: attempt } = delivery;
  return (runningMs) => {
    setOverdue();
    emit({ type: "handler_overdue", id, event, entity, attempt, runningMs });
    onOverdue();
  };
}

/** An event that ends its process each time would do so for ever. */
function endlessError(begun: number): Error {
  const message = `It was begun ${begun} times and never came to an end: does the process die of it, or is leaseMs too short for the store?`;
  return ghlError("aborted", message, {});
}

async function fail<Transaction>(claimed: ClaimedDelivery, error: unknown, options: HandlingOptions<Transaction>): Promise<void> {
  const { inbox, retry, emit } = options;
  const { id, type, attempts: attempt } = claimed.delivery;
  const retryInMs = attempt >= retry.maxAttempts ? undefined : retryDelay(attempt, retry);
  const failure = { error: failureText(error), ...(retryInMs === undefined ? {} : { retryInMs }) };
  const { failed } = await untilStored(() => inbox.fail(claimed, failure), options);
  const about = { id, event: type, attempt, error };
  if (!failed) emit({ type: "claim_lost", id, event: type });
  else if (retryInMs === undefined) emit({ type: "dead", ...about });
  else emit({ type: "handler_failed", ...about, retryInMs });
}

/**
 * Repeats until the store has taken it: the handler's work is done, and while the store is down no other worker can take the event over.
 * @throws the store's error when the worker has to end.
 */
async function untilStored<Result, Transaction>(action: () => Promise<Result>, options: HandlingOptions<Transaction>): Promise<Result> {
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
