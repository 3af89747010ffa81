import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";
import { isBlocked } from "./blocked-slots.ts";
import { dayOf, instantOf } from "./zoned-time.ts";

/** Opening hours of every calendar here, in minutes after midnight of the location's zone, Monday to Friday. */
const opensAt = 9 * 60;
const closesAt = 17 * 60;
const dayMs = 86_400_000;
/** Appointments of these kinds take no room. */
const released: ReadonlySet<string> = new Set(["cancelled", "invalid"]);

/** Length of a calendar's slots in milliseconds. */
export function slotLengthMs({ details }: Calendar): number {
  const duration = typeof details["slotDuration"] === "number" ? details["slotDuration"] : 30;
  return duration * (details["slotDurationUnit"] === "hours" ? 3_600_000 : 60_000);
}

/** Starts of the free slots between two instants. */
export function freeSlots(calendar: Calendar, fromMs: number, untilMs: number, world: World): readonly number[] {
  const timezone = timezoneOf(calendar, world);
  const length = slotLengthMs(calendar);
  const slots: number[] = [];
  const earliest = Math.max(fromMs, world.clock.now());
  for (let at = fromMs; at < untilMs + dayMs; at += dayMs) {
    const day = dayOf(at, timezone);
    const weekday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const closes = instantOf(day, closesAt, timezone);
    for (let start = instantOf(day, opensAt, timezone); start + length <= closes; start += length) {
      const isAsked = start >= earliest && start <= untilMs && start > (slots.at(-1) ?? Number.NEGATIVE_INFINITY);
      if (isAsked && !isTaken(calendar, start, start + length, world)) slots.push(start);
    }
  }
  return slots;
}

/** Whether an appointment fits: within opening hours, and the slot is free. */
export function isFree(calendar: Calendar, startMs: number, endMs: number, world: World, exceptId?: string): boolean {
  const timezone = timezoneOf(calendar, world);
  const day = dayOf(startMs, timezone);
  const weekday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
  const isOpen =
    weekday !== 0 && weekday !== 6 && startMs >= instantOf(day, opensAt, timezone) && endMs <= instantOf(day, closesAt, timezone);
  return isOpen && !isTaken(calendar, startMs, endMs, world, exceptId);
}

function isTaken(calendar: Calendar, startMs: number, endMs: number, world: World, exceptId?: string): boolean {
  const isBooked = world.state.appointments
    .group(calendar.locationId)
    .some(
      (other) =>
        other.calendarId === calendar.id &&
        other.id !== exceptId &&
        !released.has(other.appointmentStatus) &&
        Date.parse(other.startTime) < endMs &&
        Date.parse(other.endTime) > startMs,
    );
  return isBooked || isBlocked(calendar, startMs, endMs, world.state);
}

function timezoneOf(calendar: Calendar, world: World): string {
  return world.state.locations.get(calendar.locationId)?.timezone ?? "UTC";
}
