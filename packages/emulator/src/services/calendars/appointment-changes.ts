import type { Appointment } from "../../state/activity.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../../webhooks/platform-event.ts";
import { appointmentView } from "./appointment-view.ts";

/** Events of an appointment. */
export function appointmentChanges(before: Appointment | undefined, after: Appointment | undefined): readonly PlatformEvent[] {
  const appointment = after ?? before;
  if (appointment === undefined) return [];
  const kind = before === undefined ? "AppointmentCreate" : after === undefined ? "AppointmentDelete" : "AppointmentUpdate";
  const { locationId } = appointment;
  const { locationId: _, isRecurring: __, deleted: ___, ...fields } = appointmentView(appointment);
  return [platformEvent(kind, { locationId }, { appointment: { ...fields, source: "api" } } as EventFields<"AppointmentCreate">)];
}
