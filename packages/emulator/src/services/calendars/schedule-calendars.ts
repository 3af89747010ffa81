import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { param } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { requireCalendar } from "./calendars.ts";

const schedules = "/calendars/schedules";

/** Which calendars a schedule is for, and which slugs of groups are free. */
export const scheduleHandlers: Handlers = {
  "calendars.addScheduleCalendar": (call) => {
    const schedule = requireRecord(call, schedules, param(call, "id"));
    const { id } = requireCalendar(call, param(call, "calendarId"));
    changeRecord(call, schedule, { calendarIds: [...new Set([...idsOf(schedule.fields), id])] });
    return answerWith(call, { success: true });
  },

  "calendars.removeScheduleCalendar": (call) => {
    const schedule = requireRecord(call, schedules, param(call, "id"));
    const { id } = requireCalendar(call, param(call, "calendarId"));
    changeRecord(call, schedule, { calendarIds: idsOf(schedule.fields).filter((one) => one !== id) });
    return answerWith(call, { success: true });
  },

  "calendars.validateGroupSlug": (call) => {
    const { slug } = call.body;
    return answerWith(call, { available: !recordsOf(call, "/calendars/groups").some(({ fields }) => fields["slug"] === slug) });
  },
};

function idsOf(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return (fields["calendarIds"] ?? []) as readonly string[];
}
