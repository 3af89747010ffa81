import { systemClock, type Clock } from "./clock.ts";
import { ghlError } from "./ghl-error.ts";
import { onAbort } from "./on-abort.ts";
import { withoutStack } from "./without-stack.ts";

/**
 * Waits `ms` milliseconds.
 * @throws GhlError `aborted` at the moment the signal fires.
 */
export function sleep(ms: number, signal?: AbortSignal, clock: Clock = systemClock): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedError(signal));
    const forget =
      signal &&
      onAbort(signal, () => {
        cancel();
        reject(abortedError(signal));
      });
    const cancel = clock.after(ms, () => {
      forget?.();
      resolve();
    });
  });
}

/** The error of a call whose signal fired. Its cause is the signal's reason. */
export function abortedError(
  signal: AbortSignal | undefined,
  origin: Parameters<typeof ghlError>[3] = {},
): ReturnType<typeof ghlError<"aborted">> {
  return withoutStack(() => ghlError("aborted", "The call was aborted by its signal.", {}, { ...origin, cause: signal?.reason }));
}
