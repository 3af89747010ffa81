/** When a failed event is tried again. */
export interface WorkerRetry {
  /**
   * Attempts before an event is dead; one in which the process died counts.
   * @default 8
   */
  readonly maxAttempts?: number;
  /**
   * Milliseconds before the second attempt, doubled for each that follows.
   * @default 1_000
   */
  readonly firstMs?: number;
  /**
   * Longest wait, in ms.
   * @default 900_000
   */
  readonly mostMs?: number;
}

export const defaultRetry: Required<WorkerRetry> = { maxAttempts: 8, firstMs: 1000, mostMs: 900_000 };

/** Wait after the attempt of this number, between 80 and 120 %: events that failed together do not come back together. */
export function retryDelay(attempt: number, { firstMs, mostMs }: Required<WorkerRetry>, random: () => number = Math.random): number {
  return Math.round(Math.min(firstMs * 2 ** (attempt - 1), mostMs) * (0.8 + 0.4 * random()));
}
