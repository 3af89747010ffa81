import { BoundsError } from "../bounds/check-value.ts";
import type { World } from "../world.ts";

/** Statuses of appointments. */
export const appointmentStatuses = ["new", "confirmed", "cancelled", "showed", "noshow", "invalid"] as const;

/** When to, and what becomes of it; what is left out stays. */
export interface AppointmentMove {
  /** ISO 8601 with an offset. The appointment keeps its length. */
  readonly startTime?: string;
  readonly status?: (typeof appointmentStatuses)[number];
}

/** Someone moves an appointment. The staff may book over what is there, so no slot is checked. */
export function moveAppointment({ state, clock }: World, appointmentId: string, { startTime, status }: AppointmentMove): void {
  const before = state.appointments.get(appointmentId);
  if (before === undefined) throw new BoundsError(`There is no appointment ${appointmentId}.`);
  state.appointments.put({
    ...before,
    ...(startTime !== undefined && movedTo(startTime, before)),
    ...(status !== undefined && { appointmentStatus: status }),
    dateUpdated: new Date(clock.now()).toISOString(),
  });
}

function movedTo(
  text: string,
  before: { readonly startTime: string; readonly endTime: string },
): { readonly startTime: string; readonly endTime: string } {
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const startMs = Date.parse(text);
  if (!hasOffset || Number.isNaN(startMs))
    throw new BoundsError("startTime is a time in ISO 8601 with an offset, such as 2027-01-31T09:00:00+01:00.");
  const lengthMs = Date.parse(before.endTime) - Date.parse(before.startTime);
  return { startTime: new Date(startMs).toISOString(), endTime: new Date(startMs + lengthMs).toISOString() };
}
