import { ghlError, isGhlError } from "@ghlkit/core";
import type { AppointmentCreate } from "@ghlkit/contract/types/calendars";
import { writeAtMostOnce, type KeyedWrite } from "@ghlkit/resilience";
import { instantSecondMs } from "../time/instant.ts";
import { zonedIso } from "../time/zoned-time.ts";
import { appointmentOf, type Appointment } from "./appointment.ts";
import type { Booking } from "./booking.ts";
import type { BookingSettings } from "./booking-settings.ts";
import type { BookResult } from "./booking-result.ts";
import { freeMembers } from "./choose-member.ts";
import { appointmentsAt, type SoughtAppointment } from "./find-appointment.ts";
import { nearestSlots } from "./nearest-slots.ts";
import { refusedBooking } from "./refused-booking.ts";
import { slotsOfKey } from "./slot-of-key.ts";
import { checkKey } from "../run/check-key.ts";

/** A booking with its times as instants. */
interface Planned extends SoughtAppointment {
  readonly booking: Booking;
  readonly endMs: number;
  readonly zone: string;
}

/** Books a slot at most once per key. @throws what is neither a refusal nor a lost answer. */
export async function bookSlot(booking: Booking, settings: BookingSettings): Promise<BookResult> {
  checkKey("book", booking.key);
  const planned = await plan(booking, settings);
  try {
    return await bookKey(planned, settings);
  } catch (error) {
    // Another process is noting its slot of the key at this moment.
    if (isGhlError(error, "in_progress")) return { outcome: "unknown", probeAfterMs: error.leaseMs };
    if (isGhlError(error, "slot_taken")) return taken(planned, settings);
    const refused = refusedBooking(error);
    if (refused === undefined) throw error;
    return refused;
  }
}

async function plan(booking: Booking, { readCalendar }: BookingSettings): Promise<Planned> {
  const { slot, contact } = booking;
  const startMs = instantSecondMs("slot.startTime", slot.startTime);
  const endMs = slot.endTime === undefined ? undefined : instantSecondMs("slot.endTime", slot.endTime);
  if (endMs !== undefined && endMs <= startMs) throw ghlError("invalid_request", "slot.endTime is not after slot.startTime.", {});
  const { zone, slotMs } = await readCalendar(slot.calendarId);
  return { booking, calendarId: slot.calendarId, contactId: contact, startMs, endMs: endMs ?? startMs + slotMs, zone };
}

/** Slots that the key was tried with before come first: only when none of them was booked, or can still be, may another one be. */
async function bookKey(planned: Planned, settings: BookingSettings): Promise<BookResult> {
  const { calendarId, contactId, startMs, booking } = planned;
  const slot = JSON.stringify([calendarId, contactId, startMs]);
  for await (const noted of slotsOfKey(`booking:${settings.locationId}:${booking.key}`, slot, settings)) {
    const result = noted.slot === slot ? await bookNoted(planned, noted.key, settings) : await giveUp(noted.slot, noted.key, settings);
    if (result !== undefined) return result;
  }
  throw ghlError("invalid_request", `The key ${JSON.stringify(booking.key)} was tried with too many slots: give each intent its own.`, {});
}

/** What the journal keeps of a slot: its appointment, or that another slot is wanted by now, so that no one books it any more. */
type Kept = Appointment | "given_up";

/** Books a noted slot; `undefined` when it was given up meanwhile. */
async function bookNoted(planned: Planned, key: string, settings: BookingSettings): Promise<BookResult | undefined> {
  return writeNoted(planned, { key, write: ({ signal }) => create(planned, signal, settings) }, settings);
}

/** Sees to it that an earlier slot is not booked any more; its appointment when it was. */
async function giveUp(slot: string, key: string, settings: BookingSettings): Promise<BookResult | undefined> {
  const [calendarId, contactId, startMs] = JSON.parse(slot) as [string, string, number];
  return writeNoted({ calendarId, contactId, startMs }, { key, write: async () => "given_up" }, settings);
}

async function writeNoted(
  sought: SoughtAppointment,
  keyed: Pick<KeyedWrite<Kept>, "key" | "write">,
  settings: BookingSettings,
): Promise<BookResult | undefined> {
  const find = async (sinceMs: number): Promise<readonly Kept[]> =>
    (await appointmentsAt(sought, settings))
      .filter(({ addedMs }) => !(addedMs < sinceMs))
      .map(({ addedMs: _, ...appointment }) => appointment);
  const written = await writeAtMostOnce<Kept>({ ...keyed, find }, settings);
  if (written.outcome === "unknown") return written;
  return written.result === "given_up" ? undefined : { outcome: "booked", how: written.how, appointment: written.result };
}

async function create(planned: Planned, signal: AbortSignal, settings: BookingSettings): Promise<Appointment> {
  const { booking, zone } = planned;
  const { teamMember = "auto" } = booking;
  const send = async (assignedUserId?: string): Promise<Appointment> => {
    const body = { ...appointmentBody(planned), ...(assignedUserId !== undefined && { assignedUserId }) };
    return appointmentOf(await settings.location.calendars.createAppointment({ body }, { signal }), zone);
  };
  if (teamMember !== "auto") return send(teamMember.userId);
  try {
    return await send();
  } catch (error) {
    if (refusedBooking(error)?.why !== "no_team_member") throw error;
    const [member] = await freeMembers(planned, settings);
    if (member === undefined) throw error;
    return send(member);
  }
}

/** Both times in one form, without milliseconds: mixed forms were seen refused without a word. */
function appointmentBody({ booking, calendarId, contactId, startMs, endMs, zone }: Planned): Omit<AppointmentCreate, "locationId"> {
  const { title, status, address, description, notify } = booking;
  return {
    calendarId,
    contactId,
    startTime: zonedIso(startMs, zone),
    endTime: zonedIso(endMs, zone),
    ...(title !== undefined && { title }),
    ...(status !== undefined && { appointmentStatus: status }),
    ...(address !== undefined && { address }),
    ...(description !== undefined && { description }),
    ...(notify !== undefined && { toNotify: notify }),
  };
}

/** A slot that is taken by the contact's own appointment is booked: under another key, or in another way. */
async function taken(planned: Planned, settings: BookingSettings): Promise<BookResult> {
  const [own] = (await appointmentsAt(planned, settings)).filter(({ status }) => status !== "cancelled");
  if (own !== undefined) return { outcome: "booked", how: "found", appointment: own };
  const { calendarId, startMs, booking } = planned;
  const freshSlots = await nearestSlots({ calendarId, startMs, zone: booking.zone, count: settings.freshSlots }, settings);
  return { outcome: "taken", freshSlots };
}
