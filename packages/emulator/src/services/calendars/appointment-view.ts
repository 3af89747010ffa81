import type { Appointment } from "../../state/activity.ts";

/** An appointment as reads show it: an event of its calendar. Its status is spelt in two ways. */
export function appointmentView(appointment: Appointment): Record<string, unknown> {
  return {
    ...eventView(appointment),
    appoinmentStatus: appointment.appointmentStatus,
    assignedResources: [],
    createdBy: { source: "third_party", userId: null },
    isRecurring: false,
    deleted: false,
  };
}

/** An appointment in the list of its contact: beside its own status stands that it is booked. */
export function contactAppointmentView(appointment: Appointment): Record<string, unknown> {
  return { ...eventView(appointment), status: "booked" };
}

/** An appointment as create and update show it. */
export function appointmentChangeView(appointment: Appointment): Record<string, unknown> {
  const { appointmentStatus, address = "" } = appointment;
  return { ...appointment, address, appoinmentStatus: appointmentStatus, status: "booked", isRecurring: false };
}

function eventView(appointment: Appointment): Record<string, unknown> {
  const { assignedUserId = "", address = "" } = appointment;
  return { ...appointment, address, groupId: "", assignedUserId, users: assignedUserId === "" ? [] : [assignedUserId] };
}
