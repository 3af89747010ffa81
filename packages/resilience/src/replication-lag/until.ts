import { checkNumber, ghlError, isGhlError, sleep, systemClock, type Clock } from "@ghlkit/core";

/** Options of {@link until}. */
export interface UntilOptions {
  /**
   * Milliseconds to go on for.
   * @default 10_000
   */
  readonly withinMs?: number;
  /**
   * Milliseconds between two reads: doubled each time, up to 2,000.
   * @default 200
   */
  readonly intervalMs?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/**
 * Reads again until the answer shows what was written: the platform's search indexes, and some of its services, lag behind
 * its writes by seconds. A `not_found` counts as "not yet". Where a cache may answer the read, give the call `{ fresh: true }`: else
 * the first answer, which may lag, would come again from the cache each time.
 *
 * @throws GhlError `timeout` with scope `total` when the time is up, with the last error as its cause; `aborted` at once.
 */
export async function until<Data>(read: () => Promise<Data>, isThere: (data: Data) => boolean, options: UntilOptions = {}): Promise<Data> {
  const { withinMs = 10_000, intervalMs = 200, signal, clock = systemClock } = options;
  checkNumber("until", "withinMs", withinMs);
  checkNumber("until", "intervalMs", intervalMs, { above: true });
  const end = clock.now() + withinMs;
  for (let wait = intervalMs; ; wait = Math.min(wait * 2, 2000)) {
    const outcome = await attempt(read);
    if ("data" in outcome && isThere(outcome.data)) return outcome.data;
    if (clock.now() + wait > end) {
      const cause = "error" in outcome ? outcome.error : undefined;
      throw ghlError(
        "timeout",
        `What was written did not show within ${withinMs} ms.`,
        { timeoutMs: withinMs, scope: "total", sent: true },
        { cause },
      );
    }
    await sleep(wait, signal, clock);
  }
}

async function attempt<Data>(read: () => Promise<Data>): Promise<{ readonly data: Data } | { readonly error: unknown }> {
  try {
    return { data: await read() };
  } catch (error) {
    if (isGhlError(error, "not_found")) return { error };
    throw error;
  }
}
