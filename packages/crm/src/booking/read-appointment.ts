import { appointmentOf, type Appointment } from "./appointment.ts";
import type { BookingSettings } from "./booking-settings.ts";
import { isUnknownEvent } from "./unknown-event.ts";

/** An appointment; `undefined` when there is none, or when it was removed: its record stays readable. */
export async function readAppointment(
  appointmentId: string,
  { location, readCalendar }: Pick<BookingSettings, "location" | "readCalendar">,
): Promise<Appointment | undefined> {
  try {
    const { appointment } = await location.calendars.getAppointment({ eventId: appointmentId }, { fresh: true });
    if (appointment.deleted === true) return undefined;
    return appointmentOf(appointment, (await readCalendar(appointment.calendarId)).zone);
  } catch (error) {
    if (isUnknownEvent(error)) return undefined;
    throw error;
  }
}
