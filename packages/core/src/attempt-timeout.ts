import { systemClock, type Clock } from "./clock.ts";
import { ghlError, originOf } from "./ghl-error.ts";
import type { Layer } from "./send.ts";
import { abortedError } from "./sleep.ts";
import { withinTime } from "./within-time.ts";

/**
 * Bounds one attempt, body included, by `context.timeoutMs`, and ends it at once when the caller's signal fires.
 * @throws GhlError `timeout` (scope `attempt`) or `aborted`.
 */
export function withAttemptTimeout(clock: Clock = systemClock): Layer {
  return (next) => (request, context) => {
    const { signal, timeoutMs } = context;
    if (timeoutMs === 0 && signal === undefined) return next(request, context);
    return withinTime((inner) => next(request, { ...context, signal: inner }), {
      ms: timeoutMs,
      signal,
      clock,
      aborted: () => abortedError(signal, originOf(context)),
      late: () => {
        const message = `No whole answer within ${timeoutMs} ms. Raise timeoutMs if the operation is slow.`;
        return ghlError("timeout", message, { timeoutMs, scope: "attempt", sent: true }, originOf(context));
      },
    });
  };
}
