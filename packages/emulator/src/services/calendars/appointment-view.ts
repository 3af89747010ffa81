import type { Appointment } from "../../state/activity.ts";

/** An appointment as reads show it: an event of its calendar. */
export function appointmentView(appointment: Appointment): Record<string, unknown> {
  const { assignedUserId = "" } = appointment;
  return {
    ...appointment,
    groupId: "",
    assignedUserId,
    users: assignedUserId === "" ? [] : [assignedUserId],
    isRecurring: false,
    deleted: false,
  };
}
