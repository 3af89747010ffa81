import { appointmentOf, type AppointmentStatus } from "./appointment.ts";
import type { BookingSettings } from "./booking-settings.ts";
import type { StatusResult } from "./booking-result.ts";
import { readAppointment } from "./read-appointment.ts";

/** How a change of status is made. */
export interface StatusOptions {
  /** Whether the platform sends its notices and starts its automations. @default true */
  readonly notify?: boolean;
}

/** Sets the status of an appointment, and nothing else. May be repeated. */
export async function changeStatus(
  appointmentId: string,
  status: AppointmentStatus,
  { notify }: StatusOptions,
  settings: BookingSettings,
): Promise<StatusResult> {
  const before = await readAppointment(appointmentId, settings);
  if (before === undefined) return { outcome: "not_found" };
  if (before.status === status) return { outcome: "unchanged", appointment: before };
  const body = {
    appointmentStatus: status,
    // Some accounts check the member again with every change.
    ...(before.teamMember !== undefined && { assignedUserId: before.teamMember }),
    // A past appointment has no slot to be checked.
    ignoreFreeSlotValidation: true,
    ...(notify !== undefined && { toNotify: notify }),
  };
  try {
    const changed = await settings.location.calendars.updateAppointment({ eventId: appointmentId, body });
    return { outcome: "changed", appointment: appointmentOf(changed, before.zone), before };
  } catch (error) {
    // The answer of a change that happened may be lost.
    const now = await readAppointment(appointmentId, settings).catch(() => undefined);
    if (now?.status !== status) throw error;
    return { outcome: "changed", appointment: now, before };
  }
}
