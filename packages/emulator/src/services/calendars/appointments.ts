import { reply } from "../../http/answer.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import { assertTenant, findRecord } from "../../resources/record-store.ts";
import type { Appointment } from "../../state/activity.ts";
import type { Calendar } from "../../state/calendar.ts";
import { locationOf, nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import { requireContact } from "../contacts/find-contact.ts";
import type { Handlers } from "../../call/handler.ts";
import { noteAppointment } from "./appointment-activity.ts";
import { readStatus } from "./appointment-status.ts";
import { readTimes, zonedTimes } from "./appointment-times.ts";
import { appointmentChangeView, appointmentView, eventView } from "./appointment-view.ts";
import { blocks } from "./blocked-slots.ts";
import { requireCalendar } from "./calendars.ts";
import { teamIds } from "./calendar-team.ts";
import type { Interval } from "./opening-hours.ts";
import { takeSlot, type Assignment } from "./take-slot.ts";

/** Appointments and the events of calendars. */
export const appointmentHandlers: Handlers = {
  "calendars.createAppointment": (call) => {
    const calendar = requireCalendar(call, String(call.body["calendarId"]));
    const contact = requireContact(call.world, String(call.body["contactId"]));
    if (calendar.locationId !== locationOf(call)) throw badRequest(`Calendar with id ${calendar.id} not found`);
    if (contact.locationId !== calendar.locationId) throw badRequest(`Contact with id ${contact.id} not found`, {}, "reported");
    const now = nowIso(call);
    const times = readTimes(call, calendar);
    const appointment: Appointment = {
      title: calendar.name,
      appointmentStatus: calendar.details["autoConfirm"] === false ? "new" : "confirmed",
      ...readAppointment(call),
      ...zonedTimes(times, calendar, call),
      ...assign(call, calendar, times),
      id: call.world.ids.record(),
      locationId: calendar.locationId,
      calendarId: calendar.id,
      contactId: contact.id,
      dateAdded: now,
      dateUpdated: now,
    };
    call.world.state.appointments.put(appointment);
    noteAppointment(call.world, appointment, calendar.name);
    return reply(200, appointmentChangeView(appointment));
  },

  "calendars.getAppointment": (call) => reply(200, { appointment: appointmentView(appointmentOf(call)) }),

  "calendars.updateAppointment": (call) => {
    const before = appointmentOf(call);
    const { calendarId } = call.body;
    const calendar = requireCalendar(call, typeof calendarId === "string" && calendarId !== "" ? calendarId : before.calendarId);
    const times = readTimes(call, calendar, before);
    const appointment: Appointment = {
      ...before,
      // The platform sets the status back when an update leaves it out.
      ...(call.world.options.calendars.statusOnUpdate === "reset" && { appointmentStatus: "confirmed" }),
      ...readAppointment(call),
      ...zonedTimes(times, calendar, call),
      calendarId: calendar.id,
      dateUpdated: nowIso(call),
    };
    const assignment = isMoved(call, before, appointment) ? assign(call, calendar, times, before) : {};
    return reply(200, appointmentChangeView(call.world.state.appointments.put({ ...appointment, ...assignment })));
  },

  "calendars.deleteEvent": (call) => {
    const block = findRecord(call.world.state, blocks, param(call, "eventId"));
    if (block !== undefined) {
      assertTenant(call, block);
      call.world.state.records.delete(block.id);
      return reply(200, { succeeded: true });
    }
    const appointment = appointmentOf(call);
    if (appointment.deleted !== true) call.world.state.appointments.put({ ...appointment, deleted: true, dateUpdated: nowIso(call) });
    return reply(200, { succeeded: true });
  },

  "calendars.listEvents": (call) => {
    const from = queryNumber(call, "startTime", Number.NaN);
    const until = queryNumber(call, "endTime", Number.NaN);
    if (Number.isNaN(from) || Number.isNaN(until)) {
      throw unprocessable(["startTime and endTime must be times in milliseconds since epoch"], "inferred");
    }
    const isWanted = eventFilter(call);
    const events = call.world.state.appointments
      .group(locationOf(call))
      .filter((event) => event.deleted !== true && Date.parse(event.startTime) <= until && Date.parse(event.endTime) >= from)
      .filter(isWanted)
      .toSorted((one, other) => Date.parse(one.startTime) - Date.parse(other.startTime));
    return reply(200, { events: events.map(eventView) });
  },
};

/** One of three parameters is needed. */
function eventFilter(call: Call): (event: Appointment) => boolean {
  const calendarId = queryText(call, "calendarId");
  const userId = queryText(call, "userId");
  const groupId = queryText(call, "groupId");
  if (calendarId === undefined && userId === undefined && groupId === undefined) {
    throw unprocessable(["Either of userId, calendarId or groupId is required"], "inferred");
  }
  return (event) => {
    const calendar = call.world.state.calendars.get(event.calendarId);
    const serves = event.assignedUserId === userId || (calendar?.calendarType === "collective" && teamIds(calendar).includes(userId ?? ""));
    return (
      (calendarId === undefined || event.calendarId === calendarId) &&
      (userId === undefined || serves) &&
      (groupId === undefined || calendar?.details["groupId"] === groupId)
    );
  };
}

function appointmentOf(call: Call): Appointment {
  const appointment = call.world.state.appointments.get(param(call, "eventId"));
  if (appointment === undefined) throw badRequest("The event id is invalid", {}, "reported");
  return appointment;
}

/** Whether an update takes another slot; an appointment that is none any more needs one again. */
function isMoved({ body, world }: Call, before: Appointment, after: Appointment): boolean {
  if (world.options.calendars.updateChecks === "always") return true;
  if (world.options.calendars.updateChecks === "never") return typeof body["assignedUserId"] === "string";
  const isBack = before.appointmentStatus === "cancelled" && after.appointmentStatus !== "cancelled";
  const isElsewhere = before.calendarId !== after.calendarId || typeof body["assignedUserId"] === "string";
  return isBack || isElsewhere || !sameInstant(before.startTime, after.startTime) || !sameInstant(before.endTime, after.endTime);
}

function sameInstant(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other);
}

function assign({ body, world }: Call, calendar: Calendar, times: Interval, before?: Appointment): Assignment {
  const kept =
    before?.assignedUserId !== undefined && teamIds(calendar).includes(before.assignedUserId) ? before.assignedUserId : undefined;
  const assignedUserId = typeof body["assignedUserId"] === "string" ? body["assignedUserId"] : kept;
  return takeSlot(
    calendar,
    {
      ...times,
      assignedUserId,
      ...(before !== undefined && { exceptId: before.id }),
      ignoreDateRange: body["ignoreDateRange"] === true,
      ignoreFreeSlotValidation: body["ignoreFreeSlotValidation"] === true,
    },
    world,
  );
}

function readAppointment({ body }: Call): Partial<Appointment> {
  const appointmentStatus = readStatus(body["appointmentStatus"]);
  return {
    ...(typeof body["title"] === "string" && { title: body["title"] }),
    ...(appointmentStatus !== undefined && { appointmentStatus }),
    ...(typeof body["address"] === "string" && { address: body["address"] }),
    ...(typeof body["description"] === "string" && { notes: body["description"] }),
  };
}
