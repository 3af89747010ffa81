import { isDeepStrictEqual } from "node:util";
import { appointmentView } from "../../services/calendars/appointment-view.ts";
import type { Appointment, Note, Task } from "../../state/activity.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../platform-event.ts";

/** Events of a note. @param locationId Its contact's. */
export function noteChanges(before: Note | undefined, after: Note | undefined, locationId: string): readonly PlatformEvent[] {
  const note = after ?? before;
  if (note === undefined || isDeepStrictEqual(before, after)) return [];
  const { id, body, contactId, dateAdded } = note;
  const kind = before === undefined ? "NoteCreate" : after === undefined ? "NoteDelete" : "NoteUpdate";
  return [platformEvent(kind, { locationId }, { id, body, contactId, dateAdded })];
}

/** Events of a task; there is none for other changes than its completion. */
export function taskChanges(before: Task | undefined, after: Task | undefined): readonly PlatformEvent[] {
  const task = after ?? before;
  if (task === undefined) return [];
  const isCompletedNow = before?.completed === false && after?.completed === true;
  if (before !== undefined && after !== undefined && !isCompletedNow) return [];
  const kind = before === undefined ? "TaskCreate" : after === undefined ? "TaskDelete" : "TaskComplete";
  const { id, title, body, contactId, assignedTo, dueDate, dateAdded, locationId } = task;
  const given = { ...(body !== undefined && { body }), ...(assignedTo !== undefined && { assignedTo }) };
  return [platformEvent(kind, { locationId }, { id, title, ...given, contactId, dateAdded, dueDate })];
}

/** Events of an appointment. */
export function appointmentChanges(before: Appointment | undefined, after: Appointment | undefined): readonly PlatformEvent[] {
  const appointment = after ?? before;
  if (appointment === undefined) return [];
  const kind = before === undefined ? "AppointmentCreate" : after === undefined ? "AppointmentDelete" : "AppointmentUpdate";
  const { locationId } = appointment;
  const { locationId: _, isRecurring: __, deleted: ___, ...fields } = appointmentView(appointment);
  return [platformEvent(kind, { locationId }, { appointment: { ...fields, source: "api" } } as EventFields<"AppointmentCreate">)];
}
