import type { CallContext } from "./call-context.ts";
import { systemClock, type Clock } from "./clock.ts";
import { ghlError, originOf } from "./ghl-error.ts";
import type { Layer } from "./send.ts";
import { abortedError } from "./sleep.ts";
import { withinTime } from "./within-time.ts";

/** Options of {@link withAttemptTimeout}. */
export interface AttemptTimeoutOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * Bounds one attempt, body included, by `context.timeoutMs`, and ends it at once when the caller's signal fires.
 * No attempt outlasts `context.deadline`, and none starts after it.
 * @throws GhlError `timeout` (scope `attempt`, or `total` for the deadline) or `aborted`.
 */
export function withAttemptTimeout({ clock = systemClock }: AttemptTimeoutOptions = {}): Layer {
  return (next) => (request, context) => {
    const { signal, timeoutMs, deadline } = context;
    const leftMs = deadline === undefined ? Infinity : deadline - clock.now();
    if (leftMs <= 0) return Promise.reject(tooLate(context, 0));
    if (timeoutMs === 0 && signal === undefined && leftMs === Infinity) return next(request, context);
    const isDeadline = timeoutMs === 0 || leftMs < timeoutMs;
    return withinTime((inner) => next(request, { ...context, signal: inner }), {
      ms: isDeadline ? (leftMs === Infinity ? 0 : leftMs) : timeoutMs,
      signal,
      clock,
      aborted: () => abortedError(signal, originOf(context)),
      late: () => {
        if (isDeadline) return tooLate(context, leftMs);
        const message = `No whole answer within ${timeoutMs} ms. Raise timeoutMs if the operation is slow.`;
        return ghlError("timeout", message, { timeoutMs, scope: "attempt", sent: true }, originOf(context));
      },
    });
  };
}

/** @param leftMs What the attempt had; 0 when it was not started. */
function tooLate(context: CallContext, leftMs: number): Error {
  const sent = leftMs > 0;
  const message = sent
    ? "The deadline of the call passed while it was under way."
    : "The deadline of the call has passed: nothing was sent.";
  return ghlError(
    "timeout",
    message,
    { timeoutMs: leftMs, scope: "total", sent },
    { ...originOf(context), attempts: sent ? context.attempt : context.attempt - 1 },
  );
}
