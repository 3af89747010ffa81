import type { KindDefinition, ListedPage, SyncLocation, Wire } from "./kind.ts";
import { serverTime, textOf, timeOf, unlessMissing } from "./wire-values.ts";

const dayMs = 86_400_000;
const yearMs = 366 * dayMs;

/** How far appointments are listed, in years before and after today: the platform lists them between two times only. */
const yearsBack = 5;
const yearsAhead = 2;

/** No source says how many events one answer holds: a window with so many is read again in halves. */
const mostPerWindow = 500;

/** Where the list goes on: the calendar, and the begin of its next window (ms since epoch). */
interface Place {
  readonly calendarId: string;
  readonly from: number;
  /** When the list began: its windows stay where they are. */
  readonly startedAt: number;
}

/** Appointments: listed calendar by calendar, a year at a time. */
export const appointments: KindDefinition = {
  kind: "appointments",
  id: "id",
  ignored: ["appoinmentStatus", "users", "traceId"],
  compared: [
    "title",
    "calendarId",
    "contactId",
    "appointmentStatus",
    "assignedUserId",
    "startTime",
    "endTime",
    "address",
    "notes",
    "rrule",
    "dateAdded",
    "dateUpdated",
  ],
  version: ({ dateUpdated, dateAdded }) => timeOf(dateUpdated) ?? timeOf(dateAdded),
  agedBy: ({ endTime, startTime }) => timeOf(endTime) ?? timeOf(startTime),
  contactOf: ({ contactId }) => textOf(contactId),
  columns: {
    title: ["title", "text"],
    calendar_id: ["calendarId", "text"],
    contact_id: ["contactId", "text"],
    status: ["appointmentStatus", "text"],
    assigned_to: ["assignedUserId", "text"],
    starts_at: ["startTime", "text"],
    ends_at: ["endTime", "text"],
    created_at: ["dateAdded", "text"],
    updated_at: ["dateUpdated", "text"],
  },
  list: async function* (location, { cursor, clock }) {
    const { calendars } = await location.calendars.list();
    const ids = calendars.map(({ id }) => id).toSorted();
    let calls = 1;
    for (const place of places(ids, cursor as Place | undefined, clock.now())) {
      const events = await windowOf(location, place.at.calendarId, place.at.from, place.at.from + yearMs);
      yield { ...events, calls: events.calls + calls, next: place.next };
      calls = 0;
    }
  },
  read: async ({ calendars }, eventId) => (await unlessMissing(calendars.getAppointment({ eventId })))?.appointment,
};

/** All windows of all calendars from a place on, each with the one behind it. */
function* places(
  ids: readonly string[],
  from: Place | undefined,
  now: number,
): Generator<{ readonly at: Place; readonly next: Place | undefined }, void, undefined> {
  const startedAt = from?.startedAt ?? now;
  const all = ids
    .flatMap((calendarId) =>
      Array.from({ length: yearsBack + yearsAhead }, (_, year) => ({
        calendarId,
        from: startedAt + (year - yearsBack) * yearMs,
        startedAt,
      })),
    )
    .filter(
      (place) =>
        from === undefined || place.calendarId > from.calendarId || (place.calendarId === from.calendarId && place.from >= from.from),
    );
  for (const [index, at] of all.entries()) yield { at, next: all[index + 1] };
}

async function windowOf(location: SyncLocation, calendarId: string, from: number, to: number): Promise<Omit<ListedPage, "next">> {
  const input = { calendarId, startTime: String(from), endTime: String(to) };
  const answer = await location.calendars.listEvents(input).withResponse();
  const items = answer.data.events as readonly Wire[];
  if (items.length < mostPerWindow || to - from <= dayMs) return { items, calls: 1, serverAt: serverTime(answer) };
  const middle = from + Math.floor((to - from) / 2);
  const first = await windowOf(location, calendarId, from, middle);
  const second = await windowOf(location, calendarId, middle, to);
  return { items: [...first.items, ...second.items], calls: first.calls + second.calls + 1, serverAt: first.serverAt };
}
