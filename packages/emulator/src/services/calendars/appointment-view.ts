import type { Appointment } from "../../state/activity.ts";

/** An appointment as answers show it. */
export function appointmentView(appointment: Appointment): Record<string, unknown> {
  const { assignedUserId } = appointment;
  return { ...appointment, ...(assignedUserId !== undefined && { users: [assignedUserId] }) };
}
