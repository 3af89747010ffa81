import { appointmentOf, type Appointment } from "./appointment.ts";
import type { BookingSettings } from "./booking-settings.ts";

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
