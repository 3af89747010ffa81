/** How a caller sees a bucket's limits until the platform states others. */
export interface RateSettings {
  /** Calls per window. */
  readonly limit: number;
  /**
   * Never more than this, whatever the platform states.
   * @default no bound
   */
  readonly maxLimit?: number;
  /** Length of the window, in ms. */
  readonly windowMs: number;
  /** After this a slot that was neither used nor given back returns: longer than a call may take, plus a window. */
  readonly leaseMs: number;
  /**
   * Calls per day.
   * @default what the platform states
   */
  readonly dailyLimit?: number;
}

/** The rate headers of an answer. */
export interface ReportedRate {
  readonly limit?: number;
  readonly windowMs?: number;
  /** Calls left in the window. */
  readonly remaining?: number;
  /** Calls left today. */
  readonly dailyRemaining?: number;
  /** Until the day ends. */
  readonly dailyResetsInMs?: number;
}

/** What became of slots of one reservation. */
export interface RateReport {
  readonly reservation: string;
  /** Calls that were answered, or whose answer was lost: their slots are held for one more window. */
  readonly answered?: number;
  /** Calls that never left: their slots are free at once. */
  readonly unsent?: number;
  readonly rate?: ReportedRate;
  /** The platform refused a call (429): no call gets a slot for so long, then one call goes ahead alone. */
  readonly refusedForMs?: number;
}

/** A request for slots, with what happened to earlier ones: one question for both. */
export interface RateRequest extends RateSettings {
  /** Name of the reservation, made by the caller and never used before: with it slots can be given back whose grant got lost. */
  readonly reservation: string;
  /** Slots wanted now; fewer may come. */
  readonly count: number;
  /**
   * How many of `count` are for people who wait.
   * @default 0
   */
  readonly urgent?: number;
  /**
   * Most slots that others than urgent ones leave free: as many as urgent ones used per window, averaged over the last three, less those
   * that they got in time and are using now, and one more right after each.
   * @default 0
   */
  readonly keepFree?: number;
  /**
   * Leaves so many of the day's calls untouched, for urgent work.
   * @default 0
   */
  readonly keepDaily?: number;
  /**
   * Highest `taken` seen within the last window and lease: a store that knows less lost its memory.
   * @default 0
   */
  readonly seen?: number;
  readonly reports?: readonly RateReport[];
}

/** Slots granted, and how the bucket stands after that. Times are relative, so that no clock but the store's matters. */
export interface RateGrant {
  readonly granted: number;
  /** Until the next slot comes free by itself: 0 while there are some, absent while that depends on answers or on the day. */
  readonly retryAfterMs?: number;
  readonly limit: number;
  readonly windowMs: number;
  readonly free: number;
  /** Slots granted and not settled yet, of all callers. */
  readonly inFlight: number;
  /** Slots taken since the bucket was made; only grows. */
  readonly taken: number;
  /** The store had lost what it knew of the bucket, and holds every slot for a window. */
  readonly lost: boolean;
  /** Calls of all callers of this store since the day began. */
  readonly spentToday: number;
  /** Calls left today, where the platform or the caller stated it. */
  readonly leftToday?: number;
  /** Until the day ends, where the platform stated it. */
  readonly dayEndsInMs?: number;
}

/**
 * The slots of rate limited buckets, shared by all who call for the same app and location or company. A slot is taken when it
 * is granted and free again one window after its *answer*: the platform counted the call somewhere between the two, so no
 * window as the platform sees it holds more than the limit. The future is never booked: who waits asks again.
 *
 * Both methods are atomic and work on the store's own clock. They reject with a GhlError `storage` when it cannot do its work.
 */
export interface RateWindow {
  /** Takes up to `count` slots. Does not wait. */
  readonly reserve: (bucket: string, request: RateRequest) => Promise<RateGrant>;
  /** Reports what became of slots. A report on a reservation that the store does not know (any more) counts as well. */
  readonly settle: (bucket: string, reports: readonly RateReport[], settings: RateSettings) => Promise<RateGrant>;
}
