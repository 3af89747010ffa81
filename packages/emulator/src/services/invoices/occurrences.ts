import { dayOf, dayText, instantOf, nextDay, weekdayOf, type Day } from "../calendars/zoned-time.ts";
import type { Fields } from "../../state/resource-record.ts";

/** A time at which a schedule makes an invoice. */
export interface Occurrence {
  readonly atMs: number;
  /** `YYYY-MM-DD` in the location's time zone. */
  readonly day: string;
}

const shortIntervals: Readonly<Record<string, number>> = { hourly: 3_600_000, minutely: 60_000, secondly: 1000 };
const weekdays = ["su", "mo", "tu", "we", "th", "fr", "sa"];

/** A rule that never fits ends. */
const mostSteps = 100_000;

/** The times of a schedule, from its start on: once at `executeAt`, or by its rule, until its end date or count. */
export function* occurrences(
  { executeAt, rrule }: { readonly executeAt?: unknown; readonly rrule?: unknown },
  timezone: string,
): Generator<Occurrence> {
  if (rrule === undefined) {
    const atMs = Date.parse(String(executeAt));
    if (!Number.isNaN(atMs)) yield { atMs, day: dayText(dayOf(atMs, timezone)) };
    return;
  }
  const rule = rrule as Fields;
  const minutes = minutesOf(rule["startTime"]);
  const last = typeof rule["endDate"] === "string" ? rule["endDate"].slice(0, 10) : undefined;
  const most = typeof rule["count"] === "number" ? rule["count"] : Number.POSITIVE_INFINITY;
  let count = 0;
  for (const occurrence of timesOf(rule, minutes, timezone)) {
    if (count >= most || (last !== undefined && occurrence.day > last)) return;
    count += 1;
    yield occurrence;
  }
}

function* timesOf(rule: Fields, minutes: number, timezone: string): Generator<Occurrence> {
  const start = dayFrom(String(rule["startDate"]));
  const interval = Math.max(1, Math.trunc(Number(rule["interval"] ?? 1)) || 1);
  const every = shortIntervals[String(rule["intervalType"])];
  if (every !== undefined) {
    const first = instantOf(start, minutes, timezone);
    for (let step = 0; step < mostSteps; step += 1) {
      const atMs = first + step * interval * every;
      yield { atMs, day: dayText(dayOf(atMs, timezone)) };
    }
    return;
  }
  for (const day of daysOf(rule, start, interval)) yield { atMs: instantOf(day, minutes, timezone), day: dayText(day) };
}

function* daysOf(rule: Fields, start: Day, interval: number): Generator<Day> {
  switch (rule["intervalType"]) {
    case "daily":
    case "weekly": {
      const first = onWeekday(start, rule["dayOfWeek"]);
      const length = rule["intervalType"] === "weekly" ? 7 * interval : interval;
      for (let step = 0; step < mostSteps; step += 1) yield plusDays(first, step * length);
      return;
    }
    default: {
      const months = rule["intervalType"] === "yearly" ? 12 * interval : interval;
      const wanted = typeof rule["dayOfMonth"] === "number" ? rule["dayOfMonth"] : start.day;
      for (let step = 0; step < mostSteps; step += 1) {
        const day = inMonth(start, step * months, wanted);
        if (dayText(day) >= dayText(start)) yield day;
      }
    }
  }
}

/** The day of a month that comes so many months later; the 31st of a shorter one is its last. */
function inMonth({ year, month }: Day, later: number, wanted: number): Day {
  const index = year * 12 + month - 1 + later;
  const at = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  const length = new Date(Date.UTC(at.year, at.month, 0)).getUTCDate();
  return { ...at, day: Math.min(Math.max(1, wanted), length) };
}

function onWeekday(start: Day, name: unknown): Day {
  const wanted = weekdays.indexOf(String(name));
  let day = start;
  while (wanted >= 0 && weekdayOf(day) !== wanted) day = nextDay(day);
  return day;
}

function plusDays({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function dayFrom(text: string): Day {
  const [year = 1970, month = 1, day = 1] = text.slice(0, 10).split("-").map(Number);
  return { year, month, day };
}

/** Minutes after midnight of `09:30` or `09:30:00`. */
function minutesOf(time: unknown): number {
  const [hours = 0, minutes = 0] = String(time ?? "0:0")
    .split(":")
    .map(Number);
  return Number.isFinite(hours * 60 + minutes) ? hours * 60 + minutes : 0;
}
