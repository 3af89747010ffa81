import type { ManualClock } from "./manual-clock.ts";

/** Options of {@link runOnClock}. */
export interface RunOnClockOptions {
  /**
   * Whether something is under way outside of the clock, such as a request on a socket: then time stands still. Default: never; a program
   * that answers its calls in process needs no more.
   */
  readonly isBusy?: () => boolean;
  /** Most emulated milliseconds that may pass before the program has to be at its end. Default 366 days. */
  readonly withinMs?: number;
  /** Real milliseconds after which a program that waits for nothing on the clock is given up. Default 10,000. */
  readonly stuckAfterMs?: number;
}

/**
 * Runs a program to its end on a manual clock: whenever it only waits, time jumps to the next timer, so that hours of backoff, rate limit
 * and polling pass in milliseconds. Everything the program uses has to be given the same clock.
 *
 * @returns what the program returns.
 * @throws what the program throws; an Error when it waits for something that is not on the clock, or for longer than `withinMs`.
 */
export async function runOnClock<Result>(
  clock: ManualClock,
  program: () => Promise<Result>,
  options: RunOnClockOptions = {},
): Promise<Result> {
  const { isBusy = () => false, withinMs = 366 * 86_400_000, stuckAfterMs = 10_000 } = options;
  const endsAt = clock.now() + withinMs;
  let isOver = false;
  const result = program().finally(() => (isOver = true));
  // It is awaited below; until then a failure is no uncaught one.
  result.catch(() => undefined);
  let quietSince = performance.now();
  for (;;) {
    await turn();
    if (isOver) return result;
    const next = isBusy() ? undefined : clock.nextAt();
    if (next === undefined) {
      if (performance.now() - quietSince > stuckAfterMs)
        throw new Error(
          `The program waits for something that is not on its clock, for ${stuckAfterMs} ms by now: is everything given the clock?`,
        );
      continue;
    }
    if (next > endsAt) throw new Error(`The program has not ended within ${withinMs} ms of its clock.`);
    await clock.advance(next - clock.now());
    quietSince = performance.now();
  }
}

/** Lets what is due in the real world happen: promises, streams, and work that other threads have done. */
async function turn(): Promise<void> {
  for (let count = 0; count < 3; count += 1) await new Promise<void>((resolve) => setTimeout(resolve, 0));
}
