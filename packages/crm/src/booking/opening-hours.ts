import type { Calendar, CalendarUpdate } from "@ghlkit/contract/types/calendars";
import { ghlError } from "@ghlkit/core";
import { isDay } from "../time/is-day.ts";
import type { BookingClient } from "./booking-client.ts";
import { calendarBody } from "./calendar-body.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** A stretch of a day in the calendar's zone: `HH:MM`; `24:00` is its end. */
export interface HoursOfDay {
  readonly from: string;
  readonly to: string;
}

/** When a calendar is open. */
export interface OpeningHours {
  /** Days that are not there are closed. Without any day the hours of the team's members count. */
  readonly weekly: { readonly [Day in Weekday]?: readonly HoursOfDay[] };
  /** Hours of single days, `YYYY-MM-DD`, instead of those of the week. None: closed. */
  readonly dates: { readonly [date: string]: readonly HoursOfDay[] };
}

/** What changes; all other days stay. */
export interface OpeningHoursChange {
  /** An empty list closes a day. */
  readonly weekly?: { readonly [Day in Weekday]?: readonly HoursOfDay[] };
  /** `null` takes a date back: the hours of its weekday count again. */
  readonly dates?: { readonly [date: string]: readonly HoursOfDay[] | null };
}

/** Answers may leave out zeros. */
interface WireHours {
  readonly openHour?: number;
  readonly openMinute?: number;
  readonly closeHour?: number;
  readonly closeMinute?: number;
}

/** Opening hours as a calendar has them. */
export async function readOpeningHours(location: Pick<BookingClient, "calendars">, calendarId: string): Promise<OpeningHours> {
  const { calendar } = await location.calendars.get({ calendarId }, { fresh: true });
  return openingHoursOf(calendar);
}

/**
 * Changes opening hours. The platform's update replaces the whole calendar: it is read, merged and written; what another program writes in between is lost.
 * @throws GhlError `invalid_request` for hours and dates that are none, and for hours of a day that overlap.
 */
export async function changeOpeningHours(
  location: Pick<BookingClient, "calendars">,
  calendarId: string,
  change: OpeningHoursChange,
): Promise<OpeningHours> {
  const { weekly = {}, dates = {} } = change;
  for (const day of Object.keys(weekly)) checkWeekday(day);
  for (const date of Object.keys(dates)) checkDate(date);
  for (const [day, hours] of Object.entries({ ...weekly, ...dates })) checkOverlap(day, hours ?? []);
  const { calendar } = await location.calendars.get({ calendarId }, { fresh: true });
  const before = openingHoursOf(calendar);
  const after: OpeningHours = {
    weekly: { ...before.weekly, ...weekly },
    dates: Object.fromEntries(
      Object.entries({ ...before.dates, ...dates }).flatMap(([date, hours]) => (hours === null ? [] : [[date, hours] as const])),
    ),
  };
  const body: CalendarUpdate = { ...calendarBody(calendar), openHours: wireWeek(after), availabilities: wireDates(after, before) };
  return openingHoursOf((await location.calendars.update({ calendarId, body })).calendar);
}

function openingHoursOf({ openHours, availabilities }: Calendar): OpeningHours {
  // An empty week reads as {}.
  const week = Array.isArray(openHours) ? openHours : [];
  const days = weekdays.map((name, number) => {
    const hours = week
      .filter(({ daysOfTheWeek = [] }) => daysOfTheWeek.includes(number))
      .flatMap((entry) => (entry.hours ?? []).map(hoursOf));
    return [name, hours] as const;
  });
  const dates = (availabilities ?? []).filter(({ deleted }) => deleted !== true);
  return {
    weekly: Object.fromEntries(days.filter(([, hours]) => hours.length > 0)),
    dates: Object.fromEntries(dates.map(({ date = "", hours = [] }) => [date.slice(0, 10), hours.map(hoursOf)])),
  };
}

/** One entry per weekday is the form that every reader of the platform takes. */
function wireWeek({ weekly }: OpeningHours): NonNullable<CalendarUpdate["openHours"]> {
  return weekdays.flatMap((name, number) => {
    const hours = weekly[name] ?? [];
    return hours.length === 0 ? [] : [{ daysOfTheWeek: [number], hours: hours.map((one) => wireHours(name, one)) }];
  });
}

/** A date that was taken back is sent as deleted: a list without it could leave it where it is. */
function wireDates(after: OpeningHours, before: OpeningHours): NonNullable<CalendarUpdate["availabilities"]> {
  const kept = Object.entries(after.dates).map(([date, hours]) => ({
    date: `${date}T00:00:00.000Z`,
    hours: hours.map((one) => wireHours(date, one)),
    deleted: false,
  }));
  const gone = Object.keys(before.dates).filter((date) => after.dates[date] === undefined);
  return [...kept, ...gone.map((date) => ({ date: `${date}T00:00:00.000Z`, hours: [], deleted: true }))];
}

function hoursOf({ openHour = 0, openMinute = 0, closeHour = 0, closeMinute = 0 }: WireHours): HoursOfDay {
  return { from: clockText(openHour * 60 + openMinute), to: clockText(closeHour * 60 + closeMinute) };
}

function wireHours(day: string, { from, to }: HoursOfDay): Required<WireHours> {
  const [start, end] = [minutesOf(day, from), minutesOf(day, to)];
  if (end <= start)
    throw ghlError("invalid_request", `Hours of ${day} end before they begin: ${from} to ${to}. Split hours at midnight.`, {});
  const isMidnight = end === 24 * 60;
  return {
    openHour: Math.floor(start / 60),
    openMinute: start % 60,
    closeHour: isMidnight ? 23 : Math.floor(end / 60),
    closeMinute: isMidnight ? 60 : end % 60,
  };
}

/** A time in two stretches would be offered twice, or be left out: which of them the platform does is not documented. */
function checkOverlap(day: string, hours: readonly HoursOfDay[]): void {
  const inOrder = hours
    .map(({ from, to }) => ({ from, to, start: minutesOf(day, from), end: minutesOf(day, to) }))
    .toSorted((one, other) => one.start - other.start);
  for (const [at, next] of inOrder.entries()) {
    const earlier = inOrder[at - 1];
    if (earlier === undefined || earlier.end <= next.start) continue;
    const both = `${earlier.from} to ${earlier.to} and ${next.from} to ${next.to}`;
    throw ghlError("invalid_request", `Hours of ${day} overlap: ${both}. Give them as one.`, {});
  }
}

function minutesOf(day: string, text: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (hours === undefined || total > 24 * 60)
    throw ghlError("invalid_request", `${JSON.stringify(text)} of ${day} is no time of a day: give HH:MM, such as 09:00.`, {});
  return total;
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function checkWeekday(name: string): void {
  if ((weekdays as readonly string[]).includes(name)) return;
  throw ghlError("invalid_request", `${JSON.stringify(name)} is no day of the week: give ${weekdays.join(", ")}.`, {});
}

function checkDate(text: string): void {
  if (!isDay(text)) throw ghlError("invalid_request", `${JSON.stringify(text)} is no date: give YYYY-MM-DD.`, {});
}
