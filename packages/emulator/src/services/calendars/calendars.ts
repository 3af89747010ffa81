import { reply } from "../../http/answer.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Calendar } from "../../state/calendar.ts";
import { locationOf, nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { calendarDefaults } from "./calendar-defaults.ts";
import { deletedCalendar, listedCalendar } from "./calendar-views.ts";
import { timezoneOf } from "./calendar-timezone.ts";
import { freeSlots } from "./free-slots.ts";
import { dayOf, dayText, isTimezone, nextDay, toZonedIso } from "./zoned-time.ts";

/** The longest stretch that free slots can be asked for. */
const maximumStretchMs = 31 * 86_400_000;

/** The farthest moment that a Date holds. */
const farthestMs = 8.64e15;

/** Calendars and their free slots. */
export const calendarHandlers: Handlers = {
  "calendars.list": (call) => reply(200, { calendars: calendarsOf(call).map((calendar) => listedCalendar(calendarView(calendar))) }),

  "calendars.get": (call) => reply(200, { calendar: { notifications: [], ...calendarView(calendarOf(call)) } }),

  "calendars.create": (call) => {
    const { name, slug, isActive, calendarType, locationId: _, appoinmentPerSlot: __, ...details } = call.body as CalendarInput;
    const calendar: Calendar = {
      id: call.world.ids.record(),
      locationId: locationOf(call),
      name: name ?? "",
      slug: slug ?? call.world.ids.record().toLowerCase(),
      isActive: isActive ?? true,
      calendarType: calendarType ?? "round_robin",
      details: stored(details),
    };
    return reply(200, { calendar: calendarView(call.world.state.calendars.put(calendar)) });
  },

  "calendars.update": (call) => {
    const before = calendarOf(call);
    refuseUnknown(call);
    const { name = before.name, slug = before.slug, isActive = before.isActive, ...details } = call.body as CalendarInput;
    const kept = call.world.options.calendars.calendarUpdate === "merge" ? before.details : identityOf(before);
    const calendar = { ...before, name, slug, isActive, details: { ...kept, ...stored(details) } };
    return reply(200, { calendar: calendarView(call.world.state.calendars.put(calendar)) });
  },

  "calendars.delete": (call) => {
    const calendar = calendarOf(call);
    const { appointments, calendars } = call.world.state;
    for (const { id, calendarId } of appointments.group(calendar.locationId)) if (calendarId === calendar.id) appointments.delete(id);
    calendars.delete(calendar.id);
    return reply(200, { message: "calendar deleted", calendar: deletedCalendar(calendarView(calendar), nowIso(call)) });
  },

  "calendars.listFreeSlots": (call) => {
    const calendar = calendarOf(call);
    const fromMs = queryNumber(call, "startDate", Number.NaN);
    const untilMs = queryNumber(call, "endDate", Number.NaN);
    const isTime = Math.abs(fromMs) <= farthestMs && Math.abs(untilMs) <= farthestMs;
    if (!isTime) throw unprocessable(["startDate and endDate must be times in milliseconds since epoch"], "inferred");
    if (!(untilMs >= fromMs && untilMs - fromMs <= maximumStretchMs)) throw badRequest("Free slots can be asked for up to 31 days");
    const timezone = queryText(call, "timezone") ?? timezoneOf(calendar, call.world);
    if (!isTimezone(timezone)) throw badRequest(`${timezone} is not a time zone`);
    const userIds = membersIn(call);
    const found = freeSlots(calendar, { fromMs, untilMs, ...(userIds !== undefined && { userIds }) }, call.world);
    const days = Map.groupBy(found, (slot) => dayText(dayOf(slot, timezone)));
    const names = call.world.options.calendars.daysWithoutSlots === "empty" ? daysBetween(fromMs, untilMs, timezone) : [...days.keys()];
    const slotsOn = (day: string): readonly string[] => (days.get(day) ?? []).map((slot) => toZonedIso(slot, timezone));
    // The trace id that every answer carries stands among the days, as it does live.
    return reply(200, Object.fromEntries(names.map((day) => [day, { slots: slotsOn(day) }])));
  },
};

type CalendarInput = Partial<Calendar> & { readonly appoinmentPerSlot?: number };
type Details = Calendar["details"];

/** Seats are set by `appoinmentPerSlot` [sic]; the correct spelling is ignored, and so is every spelling in a new calendar. */
function stored({ appointmentPerSlot: _, ...details }: Details): Details {
  return details;
}

/** What an update that leaves it out does not reset. Nothing says that the team stays; a calendar without one could not be booked. */
function identityOf({ details: { groupId, teamMembers } }: Calendar): Details {
  return { ...(groupId !== undefined && { groupId }), ...(teamMembers !== undefined && { teamMembers }) };
}

/** @throws Refusal 422 for what reads show and updates refuse. */
function refuseUnknown({ body }: Call): void {
  if ("locationId" in body) throw unprocessable(["property locationId should not exist"], "reported");
  const members = (body["teamMembers"] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const at = members.findIndex((member) => "primary" in member);
  if (at !== -1) throw unprocessable([`teamMembers.${at}.property primary should not exist`], "reported");
}

function membersIn(call: Call): readonly string[] | undefined {
  const { userIds } = call.query;
  const listed = Array.isArray(userIds) ? userIds.map(String) : queryText(call, "userIds")?.split(",");
  const userId = queryText(call, "userId");
  return userId === undefined ? listed : [userId];
}

function daysBetween(fromMs: number, untilMs: number, timezone: string): readonly string[] {
  const days: string[] = [];
  const last = dayText(dayOf(untilMs, timezone));
  for (let day = dayOf(fromMs, timezone); dayText(day) <= last; day = nextDay(day)) days.push(dayText(day));
  return days;
}

function calendarsOf(call: Call): readonly Calendar[] {
  const groupId = queryText(call, "groupId");
  const all = call.world.state.calendars.group(locationOf(call));
  return groupId === undefined ? all : all.filter(({ details }) => details["groupId"] === groupId);
}

function calendarView({ details, ...calendar }: Calendar): Record<string, unknown> {
  const seats = details["appoinmentPerSlot"] ?? 1;
  const hours = Array.isArray(details["openHours"]) && details["openHours"].length === 0 ? { openHours: {} } : {};
  return { ...calendarDefaults, teamMembers: [], ...details, ...hours, appoinmentPerSlot: seats, appointmentPerSlot: seats, ...calendar };
}

function calendarOf(call: Call): Calendar {
  return requireCalendar(call, param(call, "calendarId"));
}

/** @throws Refusal 400 when there is no such calendar. */
export function requireCalendar(call: Call, id: string): Calendar {
  const calendar = call.world.state.calendars.get(id);
  if (calendar === undefined) throw badRequest(`Calendar with id ${id} not found`);
  return calendar;
}
