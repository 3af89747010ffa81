/** An attempt that failed, as a regime sees it. */
export interface FailedAttempt {
  /** Absent when no answer came in time, or none at all. */
  readonly status?: number;
  /** Attempts so far, this one included; manual ones do not count. */
  readonly attempts: number;
  /** How many of them were answered with 429. */
  readonly attempts429: number;
  /** Since the first attempt. */
  readonly elapsedMs: number;
  /** Uniform from 0 to 1, seeded. */
  readonly random: () => number;
}

/** Milliseconds until the next attempt; `undefined` gives up. */
export type RetryRegime = (failed: FailedAttempt) => number | undefined;

/**
 * The platform's documents contradict each other, so each rule has a name. `429-only`: six times, every ten minutes
 * plus jitter, after a 429; anything else is final. `any-failure`: whatever is not 2xx, twelve times, backing off from
 * 5 s to 10 min. `429-and-three-days`: 429 as in the first, other failures for three days. `none`: one attempt.
 */
export type RetryRegimeName = "429-only" | "any-failure" | "429-and-three-days" | "none";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Jitter of up to 100 s makes six waits about the seventy minutes that the documents add up to. */
const after429: RetryRegime = ({ attempts429, random }) => (attempts429 > 6 ? undefined : 10 * minuteMs + random() * 100_000);

/** The intervals are not published: ours start at 5 s, double, and vary by a fifth. */
function backoff(attempts: number, capMs: number, random: () => number): number {
  return Math.min(5000 * 2 ** (attempts - 1), capMs) * (0.8 + random() * 0.4);
}

const regimes: Readonly<Record<RetryRegimeName, RetryRegime>> = {
  none: () => undefined,
  "429-only": (failed) => (failed.status === 429 ? after429(failed) : undefined),
  "any-failure": ({ attempts, random }) => (attempts > 12 ? undefined : backoff(attempts, 10 * minuteMs, random)),
  "429-and-three-days": (failed) => {
    if (failed.status === 429) return after429(failed);
    const delayMs = backoff(failed.attempts - failed.attempts429, 60 * minuteMs, failed.random);
    return failed.elapsedMs + delayMs > 3 * dayMs ? undefined : delayMs;
  },
};

export const retryRegimeNames: readonly RetryRegimeName[] = ["429-only", "any-failure", "429-and-three-days", "none"];

/** @throws Error when there is no regime of this name. */
export function retryRegime(regime: RetryRegimeName | RetryRegime): RetryRegime {
  const found = typeof regime === "function" ? regime : regimes[regime];
  if (found === undefined) throw new Error(`The retry regime is ${retryRegimeNames.join(", ")}, or a function.`);
  return found;
}
