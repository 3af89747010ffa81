import type { Appointment } from "../../state/activity.ts";
import type { World } from "../../world.ts";
import { statusDetails } from "./appointment-status.ts";
import { timezoneOf } from "./calendar-timezone.ts";
import { toWallTime } from "./zoned-time.ts";

/** An appointment as its read shows it. Its status is spelt in two ways. */
export function appointmentView(appointment: Appointment): Record<string, unknown> {
  return {
    ...eventView(appointment),
    appointmentMeta: { slotType: "Default" },
    statusDetails: statusDetails(appointment.appointmentStatus),
  };
}

/** An appointment among the events of its calendar. */
export function eventView(appointment: Appointment): Record<string, unknown> {
  return {
    ...commonView(appointment),
    appoinmentStatus: appointment.appointmentStatus,
    assignedResources: [],
    createdBy: { source: "third_party", userId: null },
    isRecurring: false,
    deleted: appointment.deleted ?? false,
  };
}

/** An appointment in the list of its contact: wall time of its calendar, and beside its own status that it is booked. */
export function contactAppointmentView(appointment: Appointment, world: World): Record<string, unknown> {
  const timezone = timezoneOf(appointment, world);
  return {
    ...commonView(appointment),
    status: "booked",
    startTime: toWallTime(Date.parse(appointment.startTime), timezone),
    endTime: toWallTime(Date.parse(appointment.endTime), timezone),
  };
}

/** An appointment as create and update show it. */
export function appointmentChangeView({ deleted: _, ...appointment }: Appointment): Record<string, unknown> {
  const { appointmentStatus, address = "" } = appointment;
  return { ...appointment, address, appoinmentStatus: appointmentStatus, status: "booked", isRecurring: false };
}

function commonView({ deleted: _, ...appointment }: Appointment): Record<string, unknown> {
  const { assignedUserId = "", address = "" } = appointment;
  return { ...appointment, address, groupId: "", assignedUserId, users: assignedUserId === "" ? [] : [assignedUserId] };
}
