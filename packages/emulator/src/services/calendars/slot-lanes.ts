import type { Appointment } from "../../state/activity.ts";
import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";
import { blockedIntervals } from "./blocked-slots.ts";
import { needsTeam, teamIds } from "./calendar-team.ts";
import { timezoneOf } from "./calendar-timezone.ts";
import { durationMs } from "./duration.ts";
import { indexIntervals } from "./interval-index.ts";
import { calendarHours, memberHours, openIntervals, sharedIntervals, type Interval } from "./opening-hours.ts";
import { dayOf, dayText } from "./zoned-time.ts";

/** One way to serve a slot: by one member, by all of them at once, or by the calendar alone. */
export interface SlotLane {
  readonly userIds: readonly string[];
  /** Stretches in which it is open between two instants. */
  readonly open: (fromMs: number, untilMs: number) => readonly Interval[];
  /** Whether there is room: capacity, buffers, other appointments of its members, blocks, and the limit of the day. */
  readonly hasRoom: (slot: Interval) => boolean;
  /** Appointments that it serves already. */
  readonly load: number;
}

export interface LaneOptions {
  /** These members alone. */
  readonly userIds?: readonly string[] | undefined;
  /** The appointment that is being moved takes no room. */
  readonly exceptId?: string | undefined;
}

/** The lanes of a calendar: all members of a collective one together, else each member; the calendar itself where no team is needed. */
export function lanesOf(calendar: Calendar, world: World, options: LaneOptions = {}): readonly SlotLane[] {
  const { userIds = teamIds(calendar) } = options;
  const members = teamIds(calendar).filter((id) => userIds.includes(id));
  if (!needsTeam(calendar) && teamIds(calendar).length === 0) return [laneOf(calendar, [], world, options)];
  if (calendar.calendarType === "collective") return members.length === 0 ? [] : [laneOf(calendar, teamIds(calendar), world, options)];
  return members.map((userId) => laneOf(calendar, [userId], world, options));
}

function laneOf(calendar: Calendar, userIds: readonly string[], world: World, { exceptId }: LaneOptions): SlotLane {
  const taken = world.state.appointments
    .group(calendar.locationId)
    .filter((appointment) => appointment.id !== exceptId && takesRoom(appointment, world));
  const own = taken.filter((appointment) => appointment.calendarId === calendar.id && sharesSeats(calendar, userIds, appointment));
  const elsewhere = taken.filter(
    (appointment) => appointment.calendarId !== calendar.id && userIds.some((userId) => occupies(appointment, userId, world)),
  );
  const seats = Math.max(1, Number(calendar.details["appoinmentPerSlot"] ?? 1));
  const perDay = Number(calendar.details["appoinmentPerDay"] ?? 0);
  const ownOverlaps = indexIntervals(own.map((appointment) => padded(appointment, calendar)));
  const otherOverlaps = indexIntervals(
    elsewhere.map((appointment) => padded(appointment, world.state.calendars.get(appointment.calendarId))),
  );
  const blockOverlaps = indexIntervals(blockedIntervals(calendar, userIds, world.state));
  const timezone = timezoneOf(calendar, world);
  const days = Map.groupBy(own, ({ startTime }) => dayText(dayOf(Date.parse(startTime), timezone)));
  return {
    userIds,
    load: own.length,
    open: (fromMs, untilMs) => openTimes(calendar, userIds, world, fromMs, untilMs),
    hasRoom: (slot) => {
      const withBuffers = paddedTimes(slot, calendar);
      return (
        ownOverlaps(withBuffers) < seats &&
        otherOverlaps(withBuffers) === 0 &&
        blockOverlaps(slot) === 0 &&
        (perDay === 0 || (days.get(dayText(dayOf(slot.startMs, timezone)))?.length ?? 0) < perDay)
      );
    },
  };
}

function openTimes(calendar: Calendar, userIds: readonly string[], world: World, fromMs: number, untilMs: number): readonly Interval[] {
  const ofCalendar = calendarHours(calendar, world);
  if (ofCalendar !== undefined) return openIntervals(ofCalendar, fromMs, untilMs);
  const [first, ...others] = userIds.map((userId) => openIntervals(memberHours(calendar, userId, world), fromMs, untilMs));
  if (first === undefined) return openIntervals(memberHours(calendar, undefined, world), fromMs, untilMs);
  return others.reduce(sharedIntervals, first);
}

/** Deleted and cancelled appointments free their time; for two further statuses that is a switch. */
function takesRoom({ deleted, appointmentStatus }: Appointment, { options }: World): boolean {
  if (deleted === true || appointmentStatus === "cancelled") return false;
  if (options.calendars.freeingStatuses === "cancelled") return true;
  return appointmentStatus !== "invalid" && (options.calendars.freeingStatuses === "cancelled-invalid" || appointmentStatus !== "noshow");
}

/** The seats of a member are the member's own, those of classes, events and collective calendars the calendar's. */
function sharesSeats({ calendarType }: Calendar, userIds: readonly string[], { assignedUserId }: Appointment): boolean {
  if (calendarType === "class_booking" || calendarType === "collective" || userIds.length === 0) return true;
  return assignedUserId === undefined || userIds.includes(assignedUserId);
}

function occupies({ assignedUserId, calendarId }: Appointment, userId: string, { state }: World): boolean {
  if (assignedUserId === userId) return true;
  const calendar = state.calendars.get(calendarId);
  return calendar?.calendarType === "collective" && teamIds(calendar).includes(userId);
}

/** The buffers of today's settings count for old appointments, too. */
function padded({ startTime, endTime }: Appointment, calendar: Calendar | undefined): Interval {
  const times = { startMs: Date.parse(startTime), endMs: Date.parse(endTime) };
  return calendar === undefined ? times : paddedTimes(times, calendar);
}

function paddedTimes({ startMs, endMs }: Interval, { details }: Calendar): Interval {
  return { startMs: startMs - durationMs(details, "preBuffer", 0), endMs: endMs + durationMs(details, "slotBuffer", 0) };
}
