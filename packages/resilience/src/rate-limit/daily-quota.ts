import { parseDailyReset, type RateState } from "@ghlkit/core";

/** How long a used-up day is believed when the platform does not tell its end; then one call may try. */
const unknownResetMs = 3_600_000;

/** The day's quota of one bucket, as far as answers told. */
export class DailyQuota {
  #remaining: number | undefined;
  #resetsAt: number | undefined;
  #blockedUntil = 0;

  get remaining(): number | undefined {
    return this.#remaining;
  }

  /** End of the day in ms since epoch, where the platform told it. */
  get resetsAt(): number | undefined {
    return this.#resetsAt;
  }

  /** Whether the quota is used up and its reset has not passed. */
  usedUp(now: number): boolean {
    return now < this.#blockedUntil;
  }

  learn(now: number, rate: RateState): void {
    if (rate.dailyRemaining === undefined) return;
    this.#remaining = rate.dailyRemaining;
    this.#resetsAt = parseDailyReset(rate.dailyReset, now);
    this.#blockedUntil = rate.dailyRemaining > 0 ? 0 : (this.#resetsAt ?? now + unknownResetMs);
  }
}
