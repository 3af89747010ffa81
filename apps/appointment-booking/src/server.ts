import type { Clock } from "@ghlkit/core";
import {
  createApp,
  openBackend,
  perLocation,
  readSettings,
  resumeRuns,
  Refusal,
  serveApp,
  type Backend,
  type Environment,
  type Served,
} from "@ghlkit/app-kit/server";
import { createBooking, type LocationBooking } from "@ghlkit/crm/booking";
import { createConfirmation, type Confirmation } from "./confirmation.ts";
import { bookTime } from "./handlers/book-time.ts";
import { cancelAppointment, moveAppointment } from "./handlers/change-appointment.ts";
import { readHostPage } from "./host-page.ts";
import { calendarFile, findAppointment, pathOf } from "./shown-appointment.ts";
import { listTimes, openCalendar } from "./slots.ts";

export const scopes = [
  "calendars.readonly",
  "calendars/events.readonly",
  "calendars/events.write",
  "contacts.readonly",
  "contacts.write",
  "conversations.readonly",
  "conversations/message.readonly",
  "conversations/message.write",
  "locations.readonly",
  "locations/customFields.readonly",
];

/** A running application. */
export interface BookingApp {
  readonly served: Served;
  readonly backend: Backend;
}

/** Visitors book in their own zone; the host sees it at once. */
export async function startBooking(env: Environment, clock?: Clock): Promise<BookingApp> {
  const backend = await openBackend(readSettings("booking", env, 3003), {
    kinds: ["appointments", "contacts"],
    ...(clock !== undefined && { clock }),
    onChange: ({ locationId, kind, id }) => {
      if (kind !== "appointments") return;
      // What changed is read by the page, which knows what it may see.
      for (const topic of [locationId, `appointment:${locationId}/${id}`, `times:${locationId}`])
        backend.channel.publish(topic, { type: "changed", data: {} });
    },
  });
  const bookings = perLocation<LocationBooking>((locationId) =>
    createBooking(backend.location(locationId), { journal: backend.journal, clock: backend.clock, locationId }),
  );
  const confirmations = perLocation<Confirmation>((locationId) => createConfirmation(backend, locationId));
  const app = createApp(backend, { title: "Booking", scopes });
  await app.page("/", {
    title: "Appointments",
    script: new URL("page/host.tsx", import.meta.url),
    access: "staff",
    state: ({ locationId }) => readHostPage(backend, locationId),
  });
  await app.page("/book/:location", {
    title: "Book an appointment",
    script: new URL("page/booking.tsx", import.meta.url),
    access: "public",
    topic: ({ locationId }) => `times:${locationId}`,
    state: async ({ locationId }, { calendar }) => ({
      calendar: await openCalendar(backend, locationId, calendar),
      now: backend.clock.now(),
    }),
  });
  await app.page("/a/:location/:id/:sign", {
    title: "Your appointment",
    script: new URL("page/appointment.tsx", import.meta.url),
    access: "public",
    topic: (_, { location = "", id = "", sign = "" }) =>
      backend.sessions.isSigned("appointment", `${location}/${id}`, sign) ? `appointment:${location}/${id}` : undefined,
    state: async ({ locationId }, params) => {
      const appointment = await findAppointment(backend, bookings(locationId), params);
      return { appointment, now: backend.clock.now(), link: { location: locationId, id: params["id"], sign: params["sign"] } };
    },
  });
  app.download("/a/:location/:id/:sign/appointment.ics", "public", "text/calendar; charset=utf-8", async ({ session, params }) => {
    const { locationId } = session;
    const appointment = await findAppointment(backend, bookings(locationId), { ...params, location: locationId });
    if (appointment === undefined) throw new Refusal("This link leads to no appointment.");
    return calendarFile(appointment, `${backend.publicUrl()}${pathOf(backend, locationId, appointment.id)}`, backend.clock.now());
  });
  app.action("/times", "public", (action) => listTimes(backend, bookings(action.session.locationId), action), {
    perMinute: 300,
    isAmendable: true,
  });
  app.action(
    "/book",
    "public",
    (action) => {
      const { locationId } = action.session;
      // Another slot under the key of a form is looked at by the booking: there is one appointment for it.
      return bookTime(backend, { booking: bookings(locationId), confirmation: confirmations(locationId) }, action);
    },
    { isAmendable: true },
  );
  app.action("/cancel", "public", (action) => cancelAppointment(backend, bookings(action.session.locationId), action));
  app.action("/move", "public", (action) => moveAppointment(backend, bookings(action.session.locationId), action));
  const served = await serveApp(app, backend);
  backend.every(15_000, async () => {
    for (const locationId of backend.locations()) await resumeRuns(confirmations(locationId).resume());
  });
  return { served, backend };
}
