import type { RateState } from "@ghlkit/core";

/** How long a used-up day is believed when the platform does not tell its end; then one call may try. */
const unknownResetMs = 3_600_000;

const daySeconds = 86_400;

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
    this.#resetsAt = resetTime(rate.dailyReset, now);
    this.#blockedUntil = rate.dailyRemaining > 0 ? 0 : (this.#resetsAt ?? now + unknownResetMs);
  }
}

/**
 * The unit of the header is not documented. Told apart by size: a time in ms or s since epoch, ms left of the day, s left of the
 * day, or a date.
 */
function resetTime(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const count = Number(value);
  if (!Number.isFinite(count)) return Number.isNaN(Date.parse(value)) ? undefined : Date.parse(value);
  if (count > 1e12) return count;
  if (count > 1e9) return count * 1000;
  return now + (count > daySeconds ? count : count * 1000);
}
