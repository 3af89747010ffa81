import type { WireHeaders } from "./wire-response.ts";

/** The rate headers of an answer. Absent headers leave `undefined`. */
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
  /** `date` as sent: the platform's clock, by which `dailyReset` counts. */
  readonly date?: string | undefined;
}

/** Reads the rate headers of an answer. */
export function readRateState(headers: Pick<WireHeaders, "get">): RateState {
  return {
    limit: count(headers.get("x-ratelimit-max")),
    remaining: count(headers.get("x-ratelimit-remaining")),
    intervalMs: count(headers.get("x-ratelimit-interval-milliseconds")),
    dailyLimit: count(headers.get("x-ratelimit-limit-daily")),
    dailyRemaining: count(headers.get("x-ratelimit-daily-remaining")),
    dailyReset: headers.get("x-ratelimit-daily-reset") ?? undefined,
    date: headers.get("date") ?? undefined,
  };
}

/** A whole number, or of a list that proxies made of several headers the one that allows least. */
function count(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!text.includes(",")) return wholeNumber(text.trim());
  const values = text.split(",").map((element) => wholeNumber(element.trim()));
  return values.every((value) => value !== undefined) ? Math.min(...values) : undefined;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
