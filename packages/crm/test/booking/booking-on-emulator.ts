import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import { watchedFetch } from "../emulator-under-way.ts";
import { createBooking, type LocationBooking } from "../../src/booking/index.ts";

/** A calendar of New York that is open on weekdays from 9:00 to 12:00, and a contact. */
export interface BookingBench {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly journal: Journal;
  readonly location: LocationClient;
  readonly booking: LocationBooking;
  readonly calendarId: string;
  readonly contactId: string;
  /** Drives the clock until the program ends. */
  readonly run: <Result>(program: () => Promise<Result>) => Promise<Result>;
  readonly addContact: (name: string) => Promise<string>;
}

/** Monday, 2026-10-05, 4:00 in New York. */
export const monday: number = Date.UTC(2026, 9, 5, 8);
const weekday = { hours: [{ openHour: 9, openMinute: 0, closeHour: 12, closeMinute: 0 }] };

export async function openBooking(calendar: object = {}, options: EmulatorOptions = {}): Promise<BookingBench> {
  const clock = createManualClock(monday);
  const emulator = createEmulator({ clock, enforceBurstLimit: false, ...options });
  const { journal } = createMemoryStorage({ clock });
  const { tokens, locationId, users } = emulator.seed;
  const { fetch, isBusy } = watchedFetch(emulator);
  const ghl = createGhl({ token: tokens.location, location: locationId, fetch, clock, retry: { maxAttempts: 1 } });
  const location = ghl.location(locationId);
  const openHours = [1, 2, 3, 4, 5].map((day) => ({ daysOfTheWeek: [day], ...weekday }));
  const created = await location.calendars.create({
    body: { name: "Advice", calendarType: "round_robin", teamMembers: [{ userId: users.admin }], openHours, ...calendar },
  });
  const addContact = async (name: string): Promise<string> =>
    (await location.contacts.create({ body: { email: `${name}@example.com` } })).contact.id;
  return {
    clock,
    emulator,
    journal,
    location,
    booking: createBooking(location, { journal, clock }),
    calendarId: created.calendar.id,
    contactId: await addContact("ada"),
    run: (program) => runOnClock(clock, program, { isBusy }),
    addContact,
  };
}

/** All items of an iterable. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
