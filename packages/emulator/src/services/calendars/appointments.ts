import { reply } from "../../http/answer.ts";
import { badRequest, notFound, unprocessable } from "../../http/refusal.ts";
import { assertTenant, findRecord } from "../../resources/record-store.ts";
import type { Appointment } from "../../state/activity.ts";
import type { Calendar } from "../../state/calendar.ts";
import { locationOf, nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import { requireContact } from "../contacts/find-contact.ts";
import type { Handlers } from "../../call/handler.ts";
import { appointmentChangeView, appointmentView } from "./appointment-view.ts";
import { blocks } from "./blocked-slots.ts";
import { requireCalendar } from "./calendars.ts";
import { isFree, slotLengthMs } from "./free-slots.ts";

/** Appointments and the events of calendars. */
export const appointmentHandlers: Handlers = {
  "calendars.createAppointment": (call) => {
    const calendar = requireCalendar(call, String(call.body["calendarId"]));
    const contact = requireContact(call.world, String(call.body["contactId"]));
    if (calendar.locationId !== locationOf(call)) throw badRequest(`Calendar with id ${calendar.id} not found`);
    if (contact.locationId !== calendar.locationId) throw badRequest(`Contact with id ${contact.id} not found`, {}, "reported");
    const now = nowIso(call);
    const appointment: Appointment = {
      title: calendar.name,
      appointmentStatus: "confirmed",
      ...readAppointment(call),
      ...readTimes(call, calendar),
      id: call.world.ids.record(),
      locationId: calendar.locationId,
      calendarId: calendar.id,
      contactId: contact.id,
      dateAdded: now,
      dateUpdated: now,
    };
    refuseTaken(call, calendar, appointment);
    return reply(200, appointmentChangeView(call.world.state.appointments.put(appointment)));
  },

  "calendars.getAppointment": (call) => reply(200, { appointment: appointmentView(appointmentOf(call)) }),

  "calendars.updateAppointment": (call) => {
    const before = appointmentOf(call);
    const calendar = requireCalendar(call, typeof call.body["calendarId"] === "string" ? call.body["calendarId"] : before.calendarId);
    const times = call.body["startTime"] || call.body["endTime"] ? readTimes(call, calendar, before) : {};
    const appointment = { ...before, ...readAppointment(call), ...times, calendarId: calendar.id, dateUpdated: nowIso(call) };
    if (appointment.startTime !== before.startTime || calendar.id !== before.calendarId) refuseTaken(call, calendar, appointment);
    return reply(200, appointmentChangeView(call.world.state.appointments.put(appointment)));
  },

  "calendars.deleteEvent": (call) => {
    const block = findRecord(call.world.state, blocks, param(call, "eventId"));
    if (block !== undefined) {
      assertTenant(call, block);
      call.world.state.records.delete(block.id);
      return reply(200, { succeeded: true });
    }
    call.world.state.appointments.delete(appointmentOf(call).id);
    return reply(200, { succeeded: true });
  },

  "calendars.listEvents": (call) => {
    const from = queryNumber(call, "startTime", Number.NEGATIVE_INFINITY);
    const until = queryNumber(call, "endTime", Number.POSITIVE_INFINITY);
    const calendarId = queryText(call, "calendarId");
    const userId = queryText(call, "userId");
    if (calendarId === undefined && userId === undefined && queryText(call, "groupId") === undefined) {
      throw unprocessable(["one of userId, calendarId and groupId should not be empty"], "inferred");
    }
    const events = call.world.state.appointments
      .group(locationOf(call))
      .filter((event) => Date.parse(event.startTime) <= until && Date.parse(event.endTime) >= from)
      .filter(
        (event) =>
          (calendarId === undefined || event.calendarId === calendarId) && (userId === undefined || event.assignedUserId === userId),
      );
    return reply(200, { events: events.map(appointmentView) });
  },
};

function appointmentOf(call: Call): Appointment {
  const id = param(call, "eventId");
  const appointment = call.world.state.appointments.get(id);
  if (appointment === undefined) throw notFound(`Event with id ${id} not found`);
  return appointment;
}

function readAppointment({ body }: Call): Partial<Appointment> {
  return {
    ...(typeof body["title"] === "string" && { title: body["title"] }),
    ...(typeof body["appointmentStatus"] === "string" && { appointmentStatus: body["appointmentStatus"] }),
    ...(typeof body["assignedUserId"] === "string" && { assignedUserId: body["assignedUserId"] }),
    ...(typeof body["address"] === "string" && { address: body["address"] }),
    ...(typeof body["description"] === "string" && { notes: body["description"] }),
  };
}

/** Without an end, an appointment is as long as before, or one slot. */
function readTimes({ body }: Call, calendar: Calendar, before?: Appointment): Pick<Appointment, "startTime" | "endTime"> {
  const startTime = typeof body["startTime"] === "string" ? body["startTime"] : (before?.startTime ?? "");
  const lengthMs = before === undefined ? slotLengthMs(calendar) : Date.parse(before.endTime) - Date.parse(before.startTime);
  const startMs = Date.parse(startTime);
  if (Number.isNaN(startMs)) throw unprocessable(["startTime must be a valid ISO 8601 date string"]);
  const endTime = typeof body["endTime"] === "string" ? body["endTime"] : new Date(startMs + lengthMs).toISOString();
  if (!(Date.parse(endTime) > startMs)) throw badRequest("endTime must be after startTime");
  return { startTime, endTime };
}

function refuseTaken(call: Call, calendar: Calendar, { id, startTime, endTime }: Appointment): void {
  if (call.body["ignoreFreeSlotValidation"] === true) return;
  if (isFree(calendar, Date.parse(startTime), Date.parse(endTime), call.world, id)) return;
  throw badRequest("The slot is not available any more");
}
