import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Appointment } from "../../state/activity.ts";
import type { Calendar } from "../../state/calendar.ts";
import type { Call } from "../../call/call.ts";
import { isDay } from "../../validate/is-day.ts";
import { timezoneOf } from "./calendar-timezone.ts";
import { slotLengthMs } from "./duration.ts";
import type { Interval } from "./opening-hours.ts";
import { instantOf, toZonedIso } from "./zoned-time.ts";

const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * When an appointment is, from a request: without an end it is as long as before, or one slot.
 *
 * @throws Refusal 422 for what is no time, or one without an offset where those are refused; 400 for an end before the start, or where the two
 * are written in different ways.
 */
export function readTimes(call: Call, calendar: Calendar, before?: Appointment): Interval {
  const { startTime, endTime } = call.body as { readonly startTime?: string; readonly endTime?: string };
  refuseMixedForms(call, startTime, endTime);
  const startMs = startTime ? readInstant(call, calendar, "startTime", startTime) : Date.parse(before?.startTime ?? "");
  const lengthMs = before === undefined ? slotLengthMs(calendar) : Date.parse(before.endTime) - Date.parse(before.startTime);
  const endMs = endTime ? readInstant(call, calendar, "endTime", endTime) : startMs + lengthMs;
  if (!(endMs > startMs)) throw badRequest("endTime must be after startTime");
  return { startMs, endMs };
}

/** Stored and shown with the offset of the calendar's zone. */
export function zonedTimes({ startMs, endMs }: Interval, calendar: Calendar, call: Call): Pick<Appointment, "startTime" | "endTime"> {
  const timezone = timezoneOf(calendar, call.world);
  return { startTime: toZonedIso(startMs, timezone), endTime: toZonedIso(endMs, timezone) };
}

function readInstant(call: Call, calendar: Calendar, name: string, text: string): number {
  const parts = shape.exec(text);
  if (parts === null || !isDay(text.slice(0, 10)) || Number.isNaN(Date.parse(text)))
    throw unprocessable([`${name} must be a valid ISO 8601 date string`], "inferred");
  if (parts[7] !== undefined) return Date.parse(text);
  if (call.world.options.calendars.timesWithoutOffset === "refuse") {
    throw unprocessable([`${name} must be a valid ISO 8601 date string with an offset`], "inferred");
  }
  const [year, month, day, hour, minute, second = 0] = parts.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)));
  const midnight = { year: year ?? 0, month: month ?? 1, day: day ?? 1 };
  return instantOf(midnight, (hour ?? 0) * 60 + (minute ?? 0), timezoneOf(calendar, call.world)) + second * 1000;
}

/** One integrator's calls with `Z` beside an offset, or with milliseconds, were refused without a word. */
function refuseMixedForms(call: Call, startTime: string | undefined, endTime: string | undefined): void {
  const { timeForms } = call.world.options.calendars;
  if (timeForms === "any") return;
  const texts = [startTime, endTime].filter((text) => typeof text === "string");
  const isMixed = new Set(texts.map((text) => text.endsWith("Z"))).size > 1;
  const hasMilliseconds = timeForms === "seconds" && texts.some((text) => /\.\d+/.test(text));
  if (isMixed || hasMilliseconds) throw badRequest("Bad Request", {}, "reported");
}
