import { recordsIn } from "../../resources/record-store.ts";
import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";
import { timezoneOf } from "./calendar-timezone.ts";
import { dayOf, dayText, instantOf, nextDay, weekdayOf, type Day } from "./zoned-time.ts";

/** A stretch of time between two instants, the second excluded. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** When a calendar, or one of its members, is open. Minutes are counted from midnight of the zone. */
export interface OpeningHours {
  readonly timezone: string;
  readonly on: (day: Day) => readonly { readonly from: number; readonly to: number }[];
}

interface Hours {
  readonly openHour: number;
  readonly openMinute: number;
  readonly closeHour: number;
  readonly closeMinute: number;
}

interface OpenHours {
  readonly daysOfTheWeek: readonly number[];
  readonly hours: readonly Hours[];
}

interface Availability {
  readonly date: string;
  readonly hours: readonly Hours[];
  readonly deleted?: boolean;
}

interface ScheduleRule {
  readonly type: string;
  readonly day?: string;
  readonly date?: string;
  readonly intervals: readonly { readonly from: string; readonly to: string }[];
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
/** Where neither a calendar nor a schedule says anything: an assumption. */
const officeHours = [{ from: 9 * 60, to: 17 * 60 }];

/**
 * Hours of the calendar itself: `openHours` by weekday and `availabilities` by date, whichever `availabilityType` lets count. `undefined` when
 * it has none: the working hours of its members count then.
 */
export function calendarHours(calendar: Calendar, world: World): OpeningHours | undefined {
  const { openHours, availabilities, availabilityType } = calendar.details;
  const weekly = availabilityType === 1 ? [] : listOf<OpenHours>(openHours);
  const dates = availabilityType === 0 ? [] : listOf<Availability>(availabilities).filter(({ deleted }) => deleted !== true);
  if (weekly.length === 0 && dates.length === 0) return availabilityType === 1 ? closed : undefined;
  return {
    timezone: timezoneOf(calendar, world),
    on: (day) => {
      const ofDate = dates.filter(({ date }) => date.slice(0, 10) === dayText(day));
      if (ofDate.length > 0) return ofDate.flatMap(({ hours }) => hours.map(minutesOf));
      return weekly.filter(({ daysOfTheWeek }) => daysOfTheWeek.includes(weekdayOf(day))).flatMap(({ hours }) => hours.map(minutesOf));
    },
  };
}

/** Working hours of a member: the schedule for this calendar, else the member's first, else office hours. */
export function memberHours(calendar: Calendar, userId: string | undefined, world: World): OpeningHours {
  const schedules = recordsIn(world.state, { resource: "/calendars/schedules", tenant: calendar.locationId, parents: [] })
    .map(({ fields }) => fields)
    .filter((fields) => userId !== undefined && fields["userId"] === userId && fields["deleted"] !== true);
  const own = schedules.find((fields) => listOf<string>(fields["calendarIds"]).includes(calendar.id)) ?? schedules[0];
  const timezone = timezoneOf(calendar, world);
  if (own === undefined) return { timezone, on: (day) => (weekdayOf(day) % 6 === 0 ? [] : officeHours) };
  const rules = listOf<ScheduleRule>(own["rules"]);
  return { timezone: typeof own["timezone"] === "string" ? own["timezone"] : timezone, on: (day) => ofRules(rules, day) };
}

/** The open stretches between two instants. */
export function openIntervals({ timezone, on }: OpeningHours, fromMs: number, untilMs: number): readonly Interval[] {
  const intervals: Interval[] = [];
  for (let day = dayOf(fromMs, timezone); instantOf(day, 0, timezone) <= untilMs; day = nextDay(day)) {
    for (const { from, to } of on(day)) {
      intervals.push({ startMs: instantOf(day, from, timezone), endMs: instantOf(day, to, timezone) });
    }
  }
  return intervals;
}

/** What lies in both. */
export function sharedIntervals(some: readonly Interval[], others: readonly Interval[]): readonly Interval[] {
  return some
    .flatMap((one) => others.map((other) => ({ startMs: Math.max(one.startMs, other.startMs), endMs: Math.min(one.endMs, other.endMs) })))
    .filter(({ startMs, endMs }) => startMs < endMs);
}

const closed: OpeningHours = { timezone: "UTC", on: () => [] };

function ofRules(rules: readonly ScheduleRule[], day: Day): readonly { readonly from: number; readonly to: number }[] {
  const ofDate = rules.filter(({ type, date }) => type === "date" && date === dayText(day));
  const weekday = weekdays[weekdayOf(day)];
  const counting = ofDate.length > 0 ? ofDate : rules.filter((rule) => rule.type === "wday" && rule.day === weekday);
  return counting.flatMap(({ intervals }) => intervals.map(({ from, to }) => ({ from: clockMinutes(from), to: clockMinutes(to) })));
}

function minutesOf({ openHour, openMinute, closeHour, closeMinute }: Hours): { readonly from: number; readonly to: number } {
  return { from: openHour * 60 + openMinute, to: closeHour * 60 + closeMinute };
}

function clockMinutes(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Some of these settings read back as `{}` when they are empty. */
function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}
