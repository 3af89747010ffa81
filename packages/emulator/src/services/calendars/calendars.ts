import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Calendar } from "../../state/calendar.ts";
import { locationOf, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { calendarDefaults } from "./calendar-defaults.ts";
import { freeSlots } from "./free-slots.ts";
import { isTimezone, toZonedIso } from "./zoned-time.ts";

/** The longest stretch that free slots can be asked for. */
const maximumStretchMs = 31 * 86_400_000;

/** Calendars and their free slots. */
export const calendarHandlers: Handlers = {
  "calendars.list": (call) => reply(200, { calendars: call.world.state.calendars.group(locationOf(call)).map(calendarView) }),

  "calendars.get": (call) => reply(200, { calendar: calendarView(calendarOf(call)) }),

  "calendars.create": (call) => {
    const { name, slug, isActive, calendarType, locationId: _, ...details } = call.body as Partial<Calendar>;
    const calendar: Calendar = {
      id: call.world.ids.record(),
      locationId: locationOf(call),
      name: name ?? "",
      slug: slug ?? call.world.ids.record().toLowerCase(),
      isActive: isActive ?? true,
      calendarType: calendarType ?? "round_robin",
      details,
    };
    return reply(200, { calendar: calendarView(call.world.state.calendars.put(calendar)) });
  },

  "calendars.update": (call) => {
    const before = calendarOf(call);
    const { name = before.name, slug = before.slug, isActive = before.isActive, ...details } = call.body as Partial<Calendar>;
    const calendar = { ...before, name, slug, isActive, details: { ...before.details, ...details } };
    return reply(200, { calendar: calendarView(call.world.state.calendars.put(calendar)) });
  },

  "calendars.delete": (call) => {
    const calendar = calendarOf(call);
    call.world.state.calendars.delete(calendar.id);
    return reply(200, { message: "calendar deleted", calendar: { ...calendarView(calendar), deleted: true } });
  },

  "calendars.listFreeSlots": (call) => {
    const calendar = calendarOf(call);
    const from = queryNumber(call, "startDate", Number.NaN);
    const until = queryNumber(call, "endDate", Number.NaN);
    if (!(until >= from && until - from <= maximumStretchMs)) throw badRequest("Free slots can be asked for up to 31 days");
    const timezone = queryText(call, "timezone") ?? call.world.state.locations.get(calendar.locationId)?.timezone ?? "UTC";
    if (!isTimezone(timezone)) throw badRequest(`${timezone} is not a time zone`);
    const texts = freeSlots(calendar, from, until, call.world).map((slot) => toZonedIso(slot, timezone));
    const days = Map.groupBy(texts, (text) => text.slice(0, 10));
    // The trace id that every answer carries stands among the days, as it does live.
    return reply(200, Object.fromEntries([...days].map(([day, slots]) => [day, { slots }])));
  },
};

function calendarView({ details, ...calendar }: Calendar): Record<string, unknown> {
  return { ...calendarDefaults, ...details, ...calendar };
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
