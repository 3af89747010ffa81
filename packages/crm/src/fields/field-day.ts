import { isDay } from "../time/is-day.ts";

/**
 * The day of a date as the platform writes it: `YYYY-MM-DD`, a time in ISO 8601, or milliseconds since epoch. UTC. `undefined` when it is
 * none, or no day of the calendar.
 */
export function fieldDay(value: unknown): string | undefined {
  if (value instanceof Date || typeof value === "number") return dayOfTime(new Date(value));
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^-?\d{9,14}$/.test(text)) return dayOfTime(new Date(Number(text)));
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2}:\d{2})/.exec(text)?.[1];
  if (day === undefined || !isDay(day)) return undefined;
  return text.length === 10 ? day : dayOfTime(new Date(/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text}Z`));
}

function dayOfTime(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString().slice(0, 10);
}
