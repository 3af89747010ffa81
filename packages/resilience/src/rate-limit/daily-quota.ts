import { readDailyReset, type RateState } from "@ghlkit/core";

/** How long a used-up day is believed when the platform does not state its end; then one call may try. */
const unknownResetMs = 3_600_000;

/** Length of a day whose end is not known. */
const dayMs = 86_400_000;

/** Calls by which an answer may exceed what is known to be left, and still be an old one. */
const overtakenBy = 1000;

/** The day's quota of one bucket: what answers stated, and what was spent since. */
export class DailyQuota {
  readonly #limit: number | undefined;
  #stated: number | undefined;
  #resetsAt: number | undefined;
  #blockedUntil = 0;
  /** The least that any answer left since nothing was in flight. */
  #lowest = Infinity;
  /** Whether the platform said so, or every call has been counted. */
  #isCertain = false;
  #spent = 0;
  #dayEndsAt = 0;

  /** `limit` bounds the calls of a day whatever the platform states. */
  constructor(limit?: number) {
    this.#limit = limit;
  }

  /** Calls left today; `undefined` where that is not known. */
  remaining(now: number): number | undefined {
    this.#roll(now);
    const own = this.#limit === undefined ? Infinity : this.#limit - this.#spent;
    const left = Math.min(own, this.#stated ?? Infinity);
    return left === Infinity ? undefined : Math.max(0, left);
  }

  spent(now: number): number {
    this.#roll(now);
    return this.#spent;
  }

  /** End of the day in ms since epoch, where it is known. */
  resetsAt(now: number): number | undefined {
    this.#roll(now);
    return this.#resetsAt ?? (this.#limit === undefined ? undefined : this.#dayEndsAt);
  }

  /** Whether the quota is used up and its reset has not passed. */
  usedUp(now: number): boolean {
    return this.remaining(now) === 0;
  }

  /** Whether that is certain: calls in flight may have been counted already where it is not. */
  isOver(now: number): boolean {
    return this.usedUp(now) && (this.#isCertain || (this.#limit !== undefined && this.#spent >= this.#limit));
  }

  /** Until when a used-up day is believed; `now` while calls are left. */
  blockedUntil(now: number): number {
    if (!this.usedUp(now)) return now;
    const own = this.#limit !== undefined && this.#spent >= this.#limit ? this.#dayEndsAt : now;
    return Math.max(own, this.#stated === 0 ? this.#blockedUntil : now);
  }

  /** A slot was taken, or given back. */
  spend(now: number, count: 1 | -1): void {
    this.#roll(now);
    this.#spent = Math.max(0, this.#spent + count);
    if (this.#stated !== undefined) this.#setLeft(now, Math.max(0, this.#stated - count));
  }

  /**
   * An answer stated what was left, beside so many calls in flight that it may not have counted. Answers overtake each other: only a new day
   * brings many more than were known to be left.
   */
  learn(now: number, rate: RateState, inFlight: number): void {
    this.#roll(now);
    if (rate.dailyRemaining === undefined) return;
    const isNewDay = this.#stated !== undefined && rate.dailyRemaining - inFlight > this.#stated + overtakenBy;
    if (isNewDay) this.#spent = 0;
    this.#lowest = Math.min(isNewDay ? Infinity : this.#lowest, rate.dailyRemaining);
    const counted = Math.max(0, this.#lowest - inFlight);
    if (inFlight === 0) this.#lowest = Infinity;
    this.#isCertain = rate.dailyRemaining === 0 || inFlight === 0;
    const resetsAt = readDailyReset(rate, now);
    if (resetsAt !== undefined) this.#resetsAt = this.#dayEndsAt = resetsAt;
    this.#setLeft(now, this.#stated === undefined || isNewDay ? counted : Math.max(Math.min(this.#stated, rate.dailyRemaining), counted));
  }

  #setLeft(now: number, left: number): void {
    const wasUsedUp = this.#stated === 0;
    this.#stated = left;
    if (left === 0 && !wasUsedUp) this.#blockedUntil = this.#resetsAt ?? now + unknownResetMs;
  }

  #roll(now: number): void {
    const isOver = now >= this.#dayEndsAt || this.#dayEndsAt > now + 2 * dayMs;
    if (isOver) {
      this.#dayEndsAt = now + dayMs;
      this.#spent = 0;
      this.#resetsAt = undefined;
    }
    // Where it is not known when the day ends, one call may find out after a while.
    if (isOver || (this.#stated === 0 && (now >= this.#blockedUntil || this.#blockedUntil > now + 2 * dayMs))) this.#stated = undefined;
  }
}
