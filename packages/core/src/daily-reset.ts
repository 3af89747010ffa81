import { parseHttpDate } from "./http-date.ts";
import type { RateState } from "./rate-state.ts";

const dayMs = 86_400_000;

/** The shortest wait for a day whose end can be read in two ways: it costs at most one refused call a minute. */
const unsureMs = 60_000;

/** How far answers take and clocks differ, at most, where a time is compared with midnight. */
const slackMs = 5_000;

/**
 * End of the day's quota in ms since epoch, at most 24 h from now, from `x-ratelimit-daily-reset`; `undefined` when it cannot be read. The
 * unit of the header is not documented, so it is told apart by size: a time in ms or s since epoch, ms left of the day, or a date (ISO 8601
 * or HTTP).
 *
 * What is left may be seconds as well: up to 86,400 a number can be either. It is seconds when they end at midnight UTC. Otherwise it is
 * the shorter, ms, and at least a minute, for an error that way costs a refused call which closes the day again; the other way it would
 * cost most of a day. A time that has passed is a minute away, for the same reason.
 *
 * @param answeredAt When the answer was made by the platform's clock, its `Date`; default `now`. Times count from it.
 */
export function parseDailyReset(value: string | undefined, now: number, answeredAt: number = now): number | undefined {
  const text = value?.trim() ?? "";
  if (text === "") return undefined;
  const count = Number(text);
  const at = Number.isFinite(count) ? timeOf(count, answeredAt) : dateOf(text, answeredAt);
  return at === undefined ? undefined : now + Math.min(at - answeredAt, dayMs);
}

/** End of the day's quota by the rate headers of an answer, in ms since epoch of our own clock; see {@link parseDailyReset}. */
export function readDailyReset({ dailyReset, date }: RateState, now: number): number | undefined {
  if (dailyReset === undefined) return undefined;
  return parseDailyReset(dailyReset, now, parseHttpDate(date ?? "", now) ?? now);
}

function dateOf(text: string, now: number): number | undefined {
  const at = /^\d{4}-\d\d-\d\d([T ]|$)/.test(text) ? Date.parse(text) : (parseHttpDate(text, now) ?? Number.NaN);
  return Number.isNaN(at) ? undefined : notPast(at, now);
}

function notPast(at: number, now: number): number {
  return at > now ? at : now + unsureMs;
}

function timeOf(count: number, now: number): number | undefined {
  if (count < 0) return undefined;
  if (count > 1e12) return notPast(count, now);
  if (count > 1e9) return notPast(count * 1000, now);
  if (count * 1000 > dayMs) return now + count;
  const inSeconds = now + count * 1000;
  const fromMidnight = Math.abs(inSeconds - Math.round(inSeconds / dayMs) * dayMs);
  return fromMidnight <= slackMs ? inSeconds : now + Math.max(count, unsureMs);
}
