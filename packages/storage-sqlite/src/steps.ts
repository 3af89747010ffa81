import { setTimeout as pause } from "node:timers/promises";

/** What a step should take at most, in ms: everything else of the process waits meanwhile. */
const goalMs = 8;
const leastRows = 8;
const mostRows = 256;
/** Bytes of bodies in one step: deleted bytes are overwritten. */
export const mostBytesOfStep: number = 256 * 1024;

/** What work in steps has to keep to. */
export interface StepLimits {
  /** Rows that a step may change. Fewer on a slow disk. */
  readonly rows: number;
}

/**
 * Carries out work on any number of rows in small steps, and lets the process, and other processes that write, get in between for at
 * least as long as a step took.
 * @param step Returns whether there is more to do.
 */
export async function inSteps(step: (limits: StepLimits) => Promise<boolean>): Promise<void> {
  for (let rows = 64; ;) {
    const begun = performance.now();
    const isMore = await step({ rows });
    if (!isMore) return;
    const tookMs = performance.now() - begun;
    if (tookMs > goalMs) rows = Math.max(leastRows, Math.floor(rows / 2));
    else if (tookMs < goalMs / 2) rows = Math.min(mostRows, rows * 2);
    await pause(Math.min(Math.max(1, tookMs), 50));
  }
}
