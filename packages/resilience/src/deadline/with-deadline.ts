import {
  checkNumber,
  abortedError,
  ghlError,
  originOf,
  systemClock,
  type CallContext,
  type CallEvent,
  type Clock,
  type Layer,
  type Send,
  type WireRequest,
  withinTime,
  type WireResponse,
} from "@ghlkit/core";
import { unsentOrigin } from "../rate-limit/refusals.ts";

/** Options of {@link withDeadline}. */
export interface DeadlineOptions {
  /**
   * Milliseconds a call may take in all, waits and retries included, when it brings no deadline of its own.
   * @default no limit
   */
  readonly totalMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/**
 * Ends a call when its time is up, wherever it is: in the queue, in a backoff, or in the middle of a body. Sits outside
 * everything that waits. The shorter of `totalMs` and the call's own deadline counts.
 *
 * @throws GhlError `timeout` with scope `total`.
 */
export function withDeadline({ totalMs, clock = systemClock }: DeadlineOptions = {}): Layer {
  if (totalMs !== undefined) checkNumber("withDeadline", "totalMs", totalMs, { above: true });
  return (next) => (request, context) => {
    const now = clock.now();
    const deadline = Math.min(context.deadline ?? Infinity, totalMs === undefined ? Infinity : now + totalMs);
    return deadline === Infinity ? next(request, context) : bounded(next, request, { ...context, deadline }, deadline - now, clock);
  };
}

function bounded(next: Send, request: WireRequest, context: CallContext, leftMs: number, clock: Clock): Promise<WireResponse> {
  const { signal } = context;
  if (leftMs <= 0 && signal?.aborted !== true) return Promise.reject(late(context, leftMs, "before"));
  // Still in the queue of its first attempt: then nothing was sent for certain.
  let isQueued = false;
  let hasGone = false;
  const emit = (event: CallEvent): void => {
    if (event.type === "queued") isQueued = true;
    if (event.type === "granted") [isQueued, hasGone] = [false, true];
    context.emit(event);
  };
  return withinTime((inner) => next(request, { ...context, emit, signal: inner }), {
    ms: leftMs,
    signal,
    clock,
    aborted: () => abortedError(signal, isQueued && !hasGone ? unsentOrigin(context) : originOf(context)),
    late: () => late(context, leftMs, isQueued && !hasGone ? "queued" : "sent"),
  });
}

const messages = {
  before: () => "The deadline of the call had passed before it was made.",
  queued: (totalMs: number) => `The call waited for a slot for the ${totalMs} ms it had in all. Nothing was sent.`,
  sent: (totalMs: number) => `The call took longer than the ${totalMs} ms it had in all.`,
};

function late(context: CallContext, totalMs: number, when: keyof typeof messages): Error {
  const sent = when === "sent";
  const details = { timeoutMs: Math.max(0, totalMs), scope: "total", sent } as const;
  return ghlError("timeout", messages[when](totalMs), details, sent ? originOf(context) : unsentOrigin(context));
}
