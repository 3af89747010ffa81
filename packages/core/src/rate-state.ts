/** What the platform's rate headers told with an answer. Absent headers leave `undefined`. */
export interface RateState {
  /** Requests allowed per window (`x-ratelimit-max`). */
  readonly limit: number | undefined;
  /** Requests left in the window (`x-ratelimit-remaining`). */
  readonly remaining: number | undefined;
  /** Length of the window in milliseconds (`x-ratelimit-interval-milliseconds`). */
  readonly intervalMs: number | undefined;
  /** Requests allowed per day (`x-ratelimit-limit-daily`). */
  readonly dailyLimit: number | undefined;
  /** Requests left today (`x-ratelimit-daily-remaining`). */
  readonly dailyRemaining: number | undefined;
  /** `x-ratelimit-daily-reset` as sent; its unit is not documented. */
  readonly dailyReset: string | undefined;
}

/** Reads the rate headers of an answer. */
export function readRateState(headers: Headers): RateState {
  return {
    limit: count(headers.get("x-ratelimit-max")),
    remaining: count(headers.get("x-ratelimit-remaining")),
    intervalMs: count(headers.get("x-ratelimit-interval-milliseconds")),
    dailyLimit: count(headers.get("x-ratelimit-limit-daily")),
    dailyRemaining: count(headers.get("x-ratelimit-daily-remaining")),
    dailyReset: headers.get("x-ratelimit-daily-reset") ?? undefined,
  };
}

function count(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
