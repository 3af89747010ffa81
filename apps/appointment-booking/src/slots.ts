import { Refusal, textIn, type Action, type Backend } from "@ghlkit/app-kit/server";
import type { LocationBooking } from "@ghlkit/crm/booking";

/** A time that is free. Instants, ISO 8601 in UTC: the page shows them in the visitor's zone. */
export interface FreeTime {
  readonly start: string;
  readonly end: string;
}

/** A calendar that visitors may book. */
export interface OpenCalendar {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly zone: string;
}

/** Free times of a stretch, and where there are none, the next one after it. */
export interface Times {
  readonly free: readonly FreeTime[];
  readonly next?: string;
}

const dayMs = 86_400_000;
/** How far ahead the next free time is looked for. */
const horizonMs = 92 * dayMs;

/** The first calendar of the location that takes bookings, or the one that is named. @throws Refusal without one. */
export async function openCalendar(backend: Backend, locationId: string, wanted = ""): Promise<OpenCalendar> {
  const location = backend.location(locationId);
  const pick = async ({ fresh }: { readonly fresh: boolean }): Promise<{ readonly id?: string; readonly name?: string } | undefined> =>
    (await location.with({ fresh }).calendars.list()).calendars.find(({ id, isActive }) =>
      wanted === "" ? isActive !== false : id === wanted,
    );
  // One that was made a moment ago is not in the list that is kept.
  const [calendar, { location: facts }] = await Promise.all([
    pick({ fresh: false }).then((found) => found ?? pick({ fresh: true })),
    location.locations.get(),
  ]);
  if (calendar?.id === undefined) throw new Refusal("There is no calendar that can be booked here.");
  return { id: calendar.id, name: calendar.name ?? "Appointment", zone: facts?.timezone ?? "UTC" };
}

/** Lists what is free from `from` to `to`, at most two months. */
export async function listTimes(backend: Backend, booking: LocationBooking, { body }: Pick<Action, "body">): Promise<Times> {
  const calendarId = textIn(body, "calendarId", { needed: true });
  const [from, to] = [Date.parse(textIn(body, "from")), Date.parse(textIn(body, "to"))];
  if (!(to > from && to - from <= 62 * dayMs)) throw new Refusal("Times are listed for two months at most.");
  const begin = Math.max(from, backend.clock.now());
  const free: FreeTime[] = [];
  if (to > begin)
    for await (const { startTime, endTime } of booking.slots({ calendarId, from: begin, to, zone: "UTC" }))
      free.push({ start: new Date(startTime).toISOString(), end: new Date(endTime).toISOString() });
  if (free.length > 0) return { free };
  const after = Math.max(to, begin);
  for await (const { startTime } of booking.slots({ calendarId, from: after, to: after + horizonMs, zone: "UTC" }))
    return { free, next: new Date(startTime).toISOString() };
  return { free };
}
