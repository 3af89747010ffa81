import type { Appointment } from "../../state/activity.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../../webhooks/platform-event.ts";
import { eventView } from "./appointment-view.ts";

/** Events of an appointment. A cancelled one is an update; one that is removed for good with its calendar or contact emits none. */
export function appointmentChanges(before: Appointment | undefined, after: Appointment | undefined): readonly PlatformEvent[] {
  if (after === undefined || before?.deleted === true) return [];
  const kind = before === undefined ? "AppointmentCreate" : after.deleted === true ? "AppointmentDelete" : "AppointmentUpdate";
  const { locationId } = after;
  const { locationId: _, isRecurring: __, deleted: ___, ...fields } = eventView(after);
  return [platformEvent(kind, { locationId }, { appointment: { ...fields, source: "api" } } as EventFields<"AppointmentCreate">)];
}
