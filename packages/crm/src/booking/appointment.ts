import type { CalendarEvent } from "@ghlkit/contract/types/calendars";
import { zonedIso } from "../time/zoned-time.ts";

/** What becomes of an appointment. */
export type AppointmentStatus = "new" | "confirmed" | "cancelled" | "showed" | "noshow" | "invalid";

/** An appointment. */
export interface Appointment {
  readonly id: string;
  readonly calendarId: string;
  readonly contactId: string;
  /** Values that are not known yet may come. */
  readonly status: AppointmentStatus | (string & {});
  readonly title: string | undefined;
  /** ISO 8601 with the offset of the calendar's zone. */
  readonly startTime: string;
  /** ISO 8601 with the offset of the calendar's zone. */
  readonly endTime: string;
  /** IANA name. */
  readonly zone: string;
  /** Id of the user whose appointment it is. */
  readonly teamMember: string | undefined;
  /** Where it takes place. */
  readonly address: string | undefined;
}

/** What creates, updates, reads and lists have in common. */
type WireAppointment = Partial<CalendarEvent>;

/** An appointment of the wire in one shape. */
export function appointmentOf(wire: WireAppointment, zone: string): Appointment {
  return {
    id: wire.id ?? "",
    calendarId: wire.calendarId ?? "",
    contactId: wire.contactId ?? "",
    status: wire.appointmentStatus ?? "confirmed",
    title: wire.title,
    startTime: zonedIso(Date.parse(wire.startTime ?? ""), zone),
    endTime: zonedIso(Date.parse(wire.endTime ?? ""), zone),
    zone,
    teamMember: wire.assignedUserId === "" ? undefined : wire.assignedUserId,
    address: wire.address === "" ? undefined : wire.address,
  };
}
