import { reply } from "../../server/answer.ts";
import { badRequest } from "../../server/refusal.ts";
import type { Calendar } from "../../state/automation.ts";
import { locationOf, param, type Call } from "../call.ts";
import type { Handlers } from "../handler.ts";

/** Calendars: list and read. Everything else of theirs answers with samples. */
export const calendarHandlers: Handlers = {
  "calendars.list": (call) => reply(200, { calendars: call.world.state.calendars.group(locationOf(call)).map(calendarView) }),

  "calendars.get": (call) => reply(200, { calendar: calendarView(calendarOf(call)) }),
};

function calendarView({ details, ...calendar }: Calendar): Record<string, unknown> {
  return { ...details, ...calendar };
}

function calendarOf(call: Call): Calendar {
  const id = param(call, "calendarId");
  const calendar = call.world.state.calendars.get(id);
  if (calendar === undefined) throw badRequest(`Calendar with id ${id} not found`);
  return calendar;
}
