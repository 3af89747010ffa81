const daySeconds = 86_400;

/**
 * End of the day's quota in ms since epoch, from `x-ratelimit-daily-reset`; `undefined` when it cannot be read. The unit of
 * the header is not documented, so it is told apart by size: a time in ms or s since epoch, ms or s left of the day, or a date.
 */
export function parseDailyReset(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const count = Number(value);
  if (!Number.isFinite(count)) return Number.isNaN(Date.parse(value)) ? undefined : Date.parse(value);
  if (count > 1e12) return count;
  if (count > 1e9) return count * 1000;
  return now + (count > daySeconds ? count : count * 1000);
}
