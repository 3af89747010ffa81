import type { Backend } from "@ghlkit/app-kit/server";
import type { Appointment, LocationBooking } from "@ghlkit/crm/booking";
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

/** An appointment as its page shows it. Instants in UTC. */
export interface ShownAppointment {
  readonly id: string;
  readonly calendarId: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  /** Of the calendar. IANA name. */
  readonly zone: string;
  readonly status: string;
}

export function shownAppointment({ id, calendarId, title, startTime, endTime, zone, status }: Appointment): ShownAppointment {
  return {
    id,
    calendarId,
    title: title ?? "Appointment",
    start: new Date(startTime).toISOString(),
    end: new Date(endTime).toISOString(),
    zone,
    status,
  };
}

/** A private path: only who was given it sees the appointment. */
export function pathOf({ sessions }: Backend, locationId: string, id: string): string {
  return `/a/${locationId}/${id}/${sessions.sign("appointment", `${locationId}/${id}`)}`;
}

/** The appointment of a private path; `undefined` for a path that was made up, or one that was removed. */
export async function findAppointment(
  { sessions }: Backend,
  booking: LocationBooking,
  { location = "", id = "", sign = "" }: Readonly<Record<string, string>>,
): Promise<ShownAppointment | undefined> {
  if (!sessions.isSigned("appointment", `${location}/${id}`, sign)) return undefined;
  const found = await booking.get(id);
  return found && shownAppointment(found);
}

/** A file for the visitor's calendar: the same appointment again replaces it there, or takes it out. */
export function calendarFile({ id, title, start, end, status }: ShownAppointment, url: string, now: number): string {
  const isCancelled = status === "cancelled";
  const calendar = ical({ name: title, method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH });
  calendar.createEvent({
    id: `${id}@ghlkit`,
    sequence: Math.floor(now / 1000),
    stamp: new Date(now),
    start: new Date(start),
    end: new Date(end),
    summary: title,
    url,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
