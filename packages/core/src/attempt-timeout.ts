import { systemClock, type Clock } from "./clock.ts";
import { ghlError, originOf } from "./ghl-error.ts";
import type { Layer } from "./send.ts";
import { abortedError } from "./sleep.ts";

/**
 * Bounds one attempt, body included, by `context.timeoutMs`, and ends it at once when the caller's signal fires.
 * @throws GhlError `timeout` (scope `attempt`) or `aborted`.
 */
export function withAttemptTimeout(clock: Clock = systemClock): Layer {
  return (next) => async (request, context) => {
    const { signal, timeoutMs } = context;
    if (signal?.aborted) throw abortedError(signal, originOf(context));
    if (timeoutMs === 0 && signal === undefined) return next(request, context);
    const attempt = new AbortController();
    const end = (): void => attempt.abort(signal?.reason);
    signal?.addEventListener("abort", end, { once: true });
    let late = false;
    const cancel =
      timeoutMs === 0
        ? undefined
        : clock.after(timeoutMs, () => {
            late = true;
            attempt.abort();
          });
    try {
      return await next(request, { ...context, signal: attempt.signal });
    } catch (error) {
      if (signal?.aborted) throw abortedError(signal, originOf(context));
      if (!late) throw error;
      const message = `No whole answer within ${timeoutMs} ms. Raise timeoutMs if the operation is slow.`;
      throw ghlError("timeout", message, { timeoutMs, scope: "attempt", sent: true }, { ...originOf(context), cause: error });
    } finally {
      cancel?.();
      signal?.removeEventListener("abort", end);
    }
  };
}
