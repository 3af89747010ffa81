import type { Clock } from "./clock.ts";
import { onAbort } from "./on-abort.ts";

/** What ends a piece of work early, and with which error. */
export interface TimeLimit {
  /** Milliseconds; 0 means no limit. */
  readonly ms: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly late: () => Error;
  readonly aborted: () => Error;
}

/**
 * Runs work that ends at once when its time is up or the signal fires, even when the work pays no heed to the signal it
 * was given.
 */
export function withinTime<Result>(work: (signal: AbortSignal) => Promise<Result>, limit: TimeLimit): Promise<Result> {
  const { ms, signal, clock } = limit;
  if (signal?.aborted) return Promise.reject(limit.aborted());
  return new Promise((resolve, reject) => {
    const inner = new AbortController();
    const end = (error: Error): void => {
      release();
      reject(error);
      inner.abort(signal?.reason);
    };
    const cancel = ms === 0 ? undefined : clock.after(ms, () => end(limit.late()));
    const forget = signal === undefined ? undefined : onAbort(signal, () => end(limit.aborted()));
    const release = (): void => {
      cancel?.();
      forget?.();
    };
    work(inner.signal).then(
      (result) => {
        release();
        resolve(result);
      },
      (error: unknown) => {
        release();
        reject(error as Error);
      },
    );
  });
}
