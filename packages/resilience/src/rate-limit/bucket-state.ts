import type { Clock, Priority } from "@ghlkit/core";

/** Settings of every bucket of one limiter. */
export interface BucketSettings {
  readonly limit: number;
  readonly ceiling: number;
  readonly windowMs: number;
  readonly maxQueue: number;
  readonly maxWaitMs: number;
  readonly clock: Clock;
}

/** What a bucket is doing. */
export interface BucketState {
  /** Calls allowed per window, as last told by the platform. */
  readonly limit: number;
  readonly windowMs: number;
  /** Calls sent and not answered yet. */
  readonly inFlight: number;
  /** Slots free now. */
  readonly free: number;
  /** Calls that wait. */
  readonly depth: number;
  readonly waiting: Readonly<Record<Priority, number>>;
  /** When the next slot comes free (ms since epoch); `undefined` while that depends on an answer. */
  readonly nextSlotAt: number | undefined;
  /** Least time a call made now in each lane would wait, in ms. */
  readonly estimatedWaitMs: Readonly<Record<Priority, number>>;
  /** Calls left today, where told. */
  readonly dailyRemaining: number | undefined;
}
