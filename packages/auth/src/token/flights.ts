import { abortedError } from "@ghlkit/core";

/** One piece of work per key at a time; who asks meanwhile gets the same outcome. */
export class Flights<Result> {
  readonly #flights = new Map<string, Promise<Result>>();

  /** Joins the flight of the key or starts it. The signal ends only the caller's own wait. */
  join(key: string, start: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    let flight = this.#flights.get(key);
    if (flight === undefined) {
      flight = start().finally(() => this.#flights.delete(key));
      this.#flights.set(key, flight);
      // Every waiter may have left by the time it fails.
      flight.catch(() => {});
    }
    return signal === undefined ? flight : untilAborted(flight, signal);
  }
}

function untilAborted<Result>(flight: Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) return Promise.reject(abortedError(signal));
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(abortedError(signal));
    signal.addEventListener("abort", leave, { once: true });
    flight.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
