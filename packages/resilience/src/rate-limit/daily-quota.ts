import { parseDailyReset, type RateState } from "@ghlkit/core";

/** How long a used-up day is believed when the platform does not tell its end; then one call may try. */
const unknownResetMs = 3_600_000;

/** Length of a day whose end nobody told. */
const dayMs = 86_400_000;

/** The day's quota of one bucket: what answers told, and what was spent since. */
export class DailyQuota {
  readonly #limit: number | undefined;
  #told: number | undefined;
  #resetsAt: number | undefined;
  #blockedUntil = 0;
  #spent = 0;
  #dayEndsAt = 0;

  /** `limit` bounds the calls of a day whatever the platform tells. */
  constructor(limit?: number) {
    this.#limit = limit;
  }

  /** Calls left today; `undefined` where nobody told. */
  get remaining(): number | undefined {
    const own = this.#limit === undefined ? Infinity : this.#limit - this.#spent;
    const left = Math.min(own, this.#told ?? Infinity);
    return left === Infinity ? undefined : Math.max(0, left);
  }

  get spent(): number {
    return this.#spent;
  }

  /** End of the day in ms since epoch, where it is known. */
  get resetsAt(): number | undefined {
    return this.#resetsAt ?? (this.#limit === undefined ? undefined : this.#dayEndsAt);
  }

  /** Whether the quota is used up and its reset has not passed. */
  usedUp(now: number): boolean {
    if (now < this.#blockedUntil) return true;
    return this.#limit !== undefined && now < this.#dayEndsAt && this.#spent >= this.#limit;
  }

  /** Until when a used-up day is believed. */
  blockedUntil(now: number): number {
    return this.usedUp(now)
      ? Math.max(this.#blockedUntil, this.#limit !== undefined && this.#spent >= this.#limit ? this.#dayEndsAt : 0)
      : now;
  }

  /** A slot was taken, or given back. */
  spend(now: number, count: 1 | -1): void {
    if (now >= this.#dayEndsAt) this.#newDay(now);
    this.#spent = Math.max(0, this.#spent + count);
    if (this.#told !== undefined) this.#told = Math.max(0, this.#told - count);
  }

  learn(now: number, rate: RateState): void {
    if (rate.dailyRemaining === undefined) return;
    this.#told = rate.dailyRemaining;
    this.#resetsAt = parseDailyReset(rate.dailyReset, now);
    if (this.#resetsAt !== undefined) this.#dayEndsAt = this.#resetsAt;
    this.#blockedUntil = rate.dailyRemaining > 0 ? 0 : (this.#resetsAt ?? now + unknownResetMs);
  }

  #newDay(now: number): void {
    this.#dayEndsAt = now + dayMs;
    this.#spent = 0;
    this.#told = undefined;
    this.#resetsAt = undefined;
  }
}
