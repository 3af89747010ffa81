import type { RetryOptions } from "./with-retry.ts";

/**
 * Named ways to retry: `interactive` for a person who waits, `background` for jobs that may take their time, `never` to
 * see every failure as it comes.
 */
export const retryPresets: Readonly<Record<"interactive" | "background" | "never", RetryOptions>> = {
  interactive: { maxAttempts: 3, baseDelayMs: 150, maxDelayMs: 1000, maxRetryAfterMs: 11_000 },
  background: { maxAttempts: 8, baseDelayMs: 500, maxDelayMs: 60_000, maxRetryAfterMs: 600_000 },
  never: { maxAttempts: 1 },
};
