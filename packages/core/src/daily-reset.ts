const dayMs = 86_400_000;

/** The shortest wait for a day whose end can be read in two ways: it costs at most one refused call a minute. */
const unsureMs = 60_000;

/** How far answers take and clocks differ, at most, where a time is compared with midnight. */
const slackMs = 5_000;

/**
 * End of the day's quota in ms since epoch, at most 24 h from now, from `x-ratelimit-daily-reset`; `undefined` when it cannot be read. The
 * unit of the header is not documented, so it is told apart by size: a time in ms or s since epoch, ms left of the day, or a date.
 *
 * What is left may be seconds as well: up to 86,400 a number can be either. It is seconds when they end at midnight UTC. Otherwise it is
 * the shorter, ms, and at least a minute, for an error that way costs a refused call which closes the day again; the other way it would
 * cost most of a day.
 */
export function parseDailyReset(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const count = Number(value);
  const at = Number.isFinite(count) ? timeOf(count, now) : Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.min(at, now + dayMs);
}

function timeOf(count: number, now: number): number {
  if (count < 0) return Number.NaN;
  if (count > 1e12) return count;
  if (count > 1e9) return count * 1000;
  if (count * 1000 > dayMs) return now + count;
  const inSeconds = now + count * 1000;
  const fromMidnight = Math.abs(inSeconds - Math.round(inSeconds / dayMs) * dayMs);
  return fromMidnight <= slackMs ? inSeconds : now + Math.max(count, unsureMs);
}
