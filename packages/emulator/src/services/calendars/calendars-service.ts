import type { Service } from "../service.ts";
import { appointmentChanges } from "./appointment-changes.ts";
import { appointmentHandlers } from "./appointments.ts";
import { calendarHandlers } from "./calendars.ts";

/** Calendars, free slots and appointments. */
export const calendarsService: Service = {
  handlers: { ...calendarHandlers, ...appointmentHandlers },
  changes: ({ appointments }, publish) => appointments.onChange((before, after) => publish(() => appointmentChanges(before, after))),
  seed: ({ seed: { calendarId, locationId }, state }) =>
    void state.calendars.put({
      id: calendarId,
      locationId,
      name: "Consultation",
      slug: "consultation",
      isActive: true,
      calendarType: "round_robin",
      details: { description: "", slotDuration: 30, slotDurationUnit: "mins" },
    }),
};
