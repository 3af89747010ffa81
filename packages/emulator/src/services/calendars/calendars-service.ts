import type { Service } from "../service.ts";
import { appointmentChanges } from "./appointment-changes.ts";
import { appointmentHandlers } from "./appointments.ts";
import { calendarResources } from "./calendar-resources.ts";
import { calendarHandlers } from "./calendars.ts";
import { scheduleHandlers } from "./schedule-calendars.ts";
import { seedCalendars } from "./seed-calendars.ts";

/** Calendars, free slots and appointments; groups, schedules, resources and services. */
export const calendarsService: Service = {
  handlers: { ...calendarHandlers, ...appointmentHandlers, ...scheduleHandlers },
  resources: calendarResources,
  holders: {
    "/calendars": ({ calendars }) => calendars,
    "/calendars/appointments": ({ appointments }) => appointments,
    "/calendars/schedules/event-calendar": ({ calendars }) => calendars,
  },
  changes: ({ appointments }, publish) => appointments.onChange((before, after) => publish(() => appointmentChanges(before, after))),
  seed: seedCalendars,
};
