import type { Clock, Priority } from "@ghlkit/core";

/** Settings of every bucket of one limiter. */
export interface BucketSettings {
  readonly limit: number;
  readonly ceiling: number;
  readonly windowMs: number;
  readonly maxQueue: number;
  readonly maxWaitMs: number;
  readonly clock: Clock;
  readonly daily: DailySettings;
}

export interface DailySettings {
  readonly limit: number | undefined;
  readonly reserve: number;
  readonly whenUsedUp: "refuse" | "wait";
}

/** What a bucket is doing. */
export interface BucketState {
  /** Calls allowed per window, by the last answer of the platform. */
  readonly limit: number;
  readonly windowMs: number;
  /** Calls sent and not answered yet. */
  readonly inFlight: number;
  /** Slots free now by all that is known. After a silence of half a window a tenth of the limit goes first, the rest with its answers. */
  readonly free: number;
  /** Calls that wait. */
  readonly depth: number;
  readonly waiting: Readonly<Record<Priority, number>>;
  /** When the next slot comes free (ms since epoch); `undefined` while that depends on an answer. */
  readonly nextSlotAt: number | undefined;
  /** Least time a call made now in each lane would wait, in ms. */
  readonly estimatedWaitMs: Readonly<Record<Priority, number>>;
  /** Calls left today, where the platform or the options say so. */
  readonly dailyRemaining: number | undefined;
  /** End of the day in ms since epoch, where the platform or the options say so. */
  readonly dailyResetsAt: number | undefined;
  /** Calls made today: with a shared window those of all processes, else since this bucket was made. */
  readonly spentToday: number;
  /** Calls of this process by operation id since the bucket was made, the greatest first; `other` are those outside the contract. */
  readonly spentBy: Readonly<Record<string, number>>;
  /** Where the slots come from: this process alone, a shared window, or this process's share of one that cannot be reached. */
  readonly source: "process" | "shared" | "fallback";
}
