import { isGhlError } from "@ghlkit/core";
import { instantSecondMs } from "../time/instant.ts";
import { zonedIso } from "../time/zoned-time.ts";
import { appointmentOf, type Appointment, type AppointmentStatus } from "./appointment.ts";
import type { BookingSettings } from "./booking-settings.ts";
import type { RescheduleResult } from "./booking-result.ts";
import { freeMembers } from "./choose-member.ts";
import { nearestSlots } from "./nearest-slots.ts";
import { readAppointment } from "./read-appointment.ts";
import { refusedBooking } from "./refused-booking.ts";
import type { WantedSlot } from "./slot.ts";

/** Another time for an appointment. */
export interface Reschedule {
  readonly appointmentId: string;
  /** The calendar may be another one. */
  readonly slot: WantedSlot;
  /**
   * `keep`: the member of the team stays. `auto`: another one who is free may take it over.
   * @default "auto"
   */
  readonly teamMember?: "keep" | "auto" | { readonly userId: string };
  /** Whether the platform sends its notices and starts its automations. @default true */
  readonly notify?: boolean;
  /** Zone of the slots that are offered when it is taken. @default the calendar's */
  readonly zone?: string;
}

/** Moves an appointment; it keeps its status, which the platform would reset. May be repeated. */
export async function rescheduleAppointment(change: Reschedule, settings: BookingSettings): Promise<RescheduleResult> {
  const { appointmentId, slot } = change;
  const startMs = instantSecondMs("slot.startTime", slot.startTime);
  const before = await readAppointment(appointmentId, settings);
  if (before === undefined) return { outcome: "not_found" };
  if (before.status === "cancelled") return { outcome: "cancelled", appointment: before };
  const lengthMs = Date.parse(before.endTime) - Date.parse(before.startTime);
  const endMs = slot.endTime === undefined ? startMs + lengthMs : instantSecondMs("slot.endTime", slot.endTime);
  if (isAt(before, slot.calendarId, startMs, endMs)) return { outcome: "unchanged", appointment: before };
  try {
    return { outcome: "rescheduled", appointment: await move(change, before, { startMs, endMs }, settings), before };
  } catch (error) {
    return resultOf(error, change, { before, startMs, endMs }, settings);
  }
}

interface Times {
  readonly startMs: number;
  readonly endMs: number;
}

async function move(change: Reschedule, before: Appointment, times: Times, settings: BookingSettings): Promise<Appointment> {
  const { slot, teamMember = "auto" } = change;
  const put = (userId: string | undefined): Promise<Appointment> => update(change, before, times, userId, settings);
  if (typeof teamMember === "object") return put(teamMember.userId);
  const isSameCalendar = slot.calendarId === before.calendarId;
  try {
    return await put(isSameCalendar ? before.teamMember : undefined);
  } catch (error) {
    const mayAnother = teamMember === "auto" && (isGhlError(error, "slot_taken") || refusedBooking(error)?.why !== "other");
    if (!mayAnother || refusedBooking(error) === undefined) throw error;
    const [member] = (await freeMembers({ calendarId: slot.calendarId, startMs: times.startMs }, settings)).filter(
      (id) => id !== before.teamMember,
    );
    if (member === undefined) throw error;
    return put(member);
  }
}

async function update(
  { slot, notify }: Reschedule,
  before: Appointment,
  { startMs, endMs }: Times,
  assignedUserId: string | undefined,
  { location, readCalendar }: BookingSettings,
): Promise<Appointment> {
  const { zone } = await readCalendar(slot.calendarId);
  const body = {
    ...(slot.calendarId !== before.calendarId && { calendarId: slot.calendarId }),
    startTime: zonedIso(startMs, zone),
    endTime: zonedIso(endMs, zone),
    // Left out, the platform would set it to confirmed.
    appointmentStatus: before.status as AppointmentStatus,
    ...(assignedUserId !== undefined && { assignedUserId }),
    ...(notify !== undefined && { toNotify: notify }),
  };
  return appointmentOf(await location.calendars.updateAppointment({ eventId: before.id, body }), zone);
}

/** What a failed change means, after a look at where the appointment is now. */
async function resultOf(
  error: unknown,
  { appointmentId, slot, zone }: Reschedule,
  { before, startMs, endMs }: Times & { readonly before: Appointment },
  settings: BookingSettings,
): Promise<RescheduleResult> {
  if (isGhlError(error, "slot_taken")) {
    const wanted = { calendarId: slot.calendarId, startMs, zone, count: settings.freshSlots };
    return { outcome: "taken", freshSlots: await nearestSlots(wanted, settings) };
  }
  const refused = refusedBooking(error);
  if (refused !== undefined) return refused;
  // The answer of a move that happened may be lost.
  const now = await readAppointment(appointmentId, settings).catch(() => undefined);
  if (now === undefined || !isAt(now, slot.calendarId, startMs, endMs)) throw error;
  return { outcome: "rescheduled", appointment: now, before };
}

function isAt({ calendarId, startTime, endTime }: Appointment, itsCalendar: string, startMs: number, endMs: number): boolean {
  return calendarId === itsCalendar && Date.parse(startTime) === startMs && Date.parse(endTime) === endMs;
}
