import type { Probed } from "@ghlkit/resilience";
import { appointmentOf, type Appointment } from "./appointment.ts";
import type { BookingSettings } from "./booking-settings.ts";

/** The clocks of journal and platform differ by a little. */
const skewMs = 2000;

/** Which appointment. */
export interface SoughtAppointment {
  readonly calendarId: string;
  readonly contactId: string;
  readonly startMs: number;
}

/** Appointments of a contact that start at one instant. */
export async function appointmentsAt(
  { calendarId, contactId, startMs }: SoughtAppointment,
  { location, readCalendar }: Pick<BookingSettings, "location" | "readCalendar">,
): Promise<readonly (Appointment & { readonly addedMs: number })[]> {
  const query = { calendarId, startTime: String(startMs), endTime: String(startMs + 1000) };
  const [{ events }, { zone }] = await Promise.all([location.calendars.listEvents(query, { fresh: true }), readCalendar(calendarId)]);
  return events
    .filter((event) => event.contactId === contactId && Date.parse(event.startTime) === startMs && event.deleted !== true)
    .map((event) => ({ ...appointmentOf(event, zone), addedMs: Date.parse(event.dateAdded ?? "") }));
}

/**
 * Looks for the appointment of a booking whose answer was lost, among those that were made since it began. None, after it can no longer be under way, means that it was not booked. Of
 * two that fit it cannot be known which is it, or whether there is one too many: a person has to look.
 */
export async function findBooking(
  sought: SoughtAppointment,
  key: string,
  settings: BookingSettings,
): Promise<Probed<Appointment> | undefined> {
  const { journal, clock, settleMs } = settings;
  const startedAt = (await journal.get(key))?.startedAt ?? clock.now();
  const fits = (await appointmentsAt(sought, settings)).filter(({ addedMs }) => !(addedMs < startedAt - skewMs));
  const [found, another] = fits;
  if (another !== undefined) return undefined;
  if (found !== undefined) return { happened: true, result: found };
  return clock.now() - startedAt >= settleMs ? { happened: false } : undefined;
}
