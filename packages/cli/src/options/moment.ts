import { UsageError } from "../usage-error.ts";

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `30m`, `2h`, `7d` before `now`, or a moment in ISO 8601; as ms since epoch. @throws UsageError */
export function parseMoment(text: string, now: number): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return now - Number(amount) * (unitsMs[unit] ?? 0);
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? [];
  // Date takes 30 February for 2 March.
  const isDay = day !== undefined && !Number.isNaN(Date.parse(day)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  const at = isDay ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new UsageError(`--since takes a time ago such as 90s, 30m, 2h or 7d, or a moment in ISO 8601, not "${text}".`);
  return at;
}
