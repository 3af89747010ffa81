import { monotonicNow, type Clock } from "./clock.ts";
import { onAbort } from "./on-abort.ts";
import { WatchedAbort } from "./watched-abort.ts";

/** What ends a piece of work early, and with which error. */
export interface TimeLimit {
  /** Milliseconds; 0 means no limit. */
  readonly ms: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly late: () => Error;
  readonly aborted: () => Error;
}

/** A timer that fires this late shows that the process did not run: it was paused, or its event loop was blocked. */
const stalledMs = 20;
const graceMs = { least: 50, most: 1000 };
const graces = 5;

/**
 * Runs work that ends at once when its time is up or the signal fires, even when the work pays no heed to the signal it
 * was given.
 *
 * After a pause of the process (SIGSTOP, a suspended machine, a blocked event loop) timers run before sockets are read. What arrived
 * during the pause gets a moment to be read before the timeout counts.
 */
export function withinTime<Result>(work: (signal: AbortSignal) => Promise<Result>, limit: TimeLimit): Promise<Result> {
  const { ms, signal, clock } = limit;
  if (signal?.aborted) return Promise.reject(limit.aborted());
  return new Promise((resolve, reject) => {
    const inner = new WatchedAbort();
    const end = (error: Error): void => {
      release();
      reject(error);
      inner.abort(signal?.reason);
    };
    let cancel = (): void => {};
    const arm = (delayMs: number, gracesLeft: number): void => {
      const dueAt = monotonicNow(clock) + delayMs;
      cancel = clock.after(delayMs, () => {
        const lateMs = monotonicNow(clock) - dueAt;
        if (lateMs < stalledMs || gracesLeft === 0) return end(limit.late());
        arm(Math.min(Math.max(lateMs, graceMs.least), graceMs.most), gracesLeft - 1);
      });
    };
    if (ms !== 0) arm(ms, graces);
    const forget = signal === undefined ? undefined : onAbort(signal, () => end(limit.aborted()));
    const release = (): void => {
      cancel();
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
