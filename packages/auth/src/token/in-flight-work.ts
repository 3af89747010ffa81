import { abortedError, isolatesRequests } from "@ghlkit/core";

/**
 * One piece of work per key at a time; callers that ask meanwhile get the same outcome. Where requests are isolated each does its own, and the
 * lease around the work keeps it to one at a time: a piece that another request began may end with that.
 */
export class InFlightWork<Result> {
  readonly #running = new Map<string, Promise<Result>>();

  has(key: string): boolean {
    return this.#running.has(key);
  }

  /** Joins the work of the key or starts it. The signal ends only the caller's own wait. */
  join(key: string, start: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    if (isolatesRequests()) return signal === undefined ? start() : untilAborted(start(), signal);
    let running = this.#running.get(key);
    if (running === undefined) {
      running = start().finally(() => this.#running.delete(key));
      this.#running.set(key, running);
      // Every waiter may have left by the time it fails.
      running.catch(() => {});
    }
    return signal === undefined ? running : untilAborted(running, signal);
  }
}

function untilAborted<Result>(running: Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) return Promise.reject(abortedError(signal));
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(abortedError(signal));
    signal.addEventListener("abort", leave, { once: true });
    running.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
