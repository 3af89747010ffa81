import { createBooking, type BookResult, type LocationBooking } from "@ghlkit/crm/booking";
import { sleep, type Clock } from "@ghlkit/core";
import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryJournal } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";

const races = 1000;
const visitors = 5;
const lostShare = 0.1;
/** Monday, 4:00 in New York. */
const begin = Date.UTC(2026, 9, 5, 8);

/** Five visitors want each slot at the same moment; of the answers one in ten is lost, some before and some after they took effect. */
export async function bookingRaces(): Promise<readonly Measure[]> {
  const clock = createManualClock(begin);
  const emulator = createEmulator({ clock, enforceBurstLimit: false, dailyLimit: 10_000_000 });
  const journal = createMemoryJournal({ clock });
  const { tokens, locationId } = emulator.seed;
  const random = seeded(16);
  const fetch = loseAnswers(emulator, random);
  const options = { token: tokens.location, location: locationId, fetch, clock, retry: { maxAttempts: 1 }, limits: { limit: 100_000 } };
  const location = createGhl(options).location(locationId);
  const calendarId = await openCalendar(location);
  const contacts: string[] = [];
  for (let number = 0; number < visitors; number += 1) {
    contacts.push((await location.contacts.create({ body: { email: `visitor${number}@example.com` } })).contact.id);
  }
  const booking = createBooking(location, { journal, clock, leaseMs: 1000 });
  const counts = { double: 0, empty: 0, losers: 0 };
  for (let race = 0; race < races; race += 1) {
    // Slots of half an hour, round the clock, from the third day on.
    const startMs = begin + 3 * 86_400_000 + race * 1_800_000;
    const visits = contacts.map((contact, visitor) => ({ calendarId, contact, startMs, key: `${race}:${visitor}` }));
    const results = await runOnClock(clock, () => Promise.all(visits.map((visit) => untilKnown(booking, visit, clock))));
    const owners = await ownersOf(location, calendarId, startMs);
    if (owners.length > 1) counts.double += 1;
    if (owners.length === 0) counts.empty += 1;
    counts.losers += owners.filter((owner) => results[contacts.indexOf(owner)]?.outcome !== "booked").length;
  }
  const label = `${races} races of ${visitors} visitors for a slot, ${lostShare * 100} % lost answers`;
  return [
    measure(`${label}: slots with more than one appointment`, counts.double, "", { atMost: 0 }),
    measure(`${label}: winners reported as losers`, counts.losers, "", { atMost: 0 }),
    measure(`${label}: slots that no one got`, counts.empty, "", { atMost: 0 }),
  ];
}

interface Wanted {
  readonly calendarId: string;
  readonly contact: string;
  readonly startMs: number;
  readonly key: string;
}

/** A visitor whose booking is not known yet asks again when it can be. */
async function untilKnown(booking: LocationBooking, { calendarId, contact, startMs, key }: Wanted, clock: Clock): Promise<BookResult> {
  for (;;) {
    const result = await booking.book({ key, contact, slot: { calendarId, startTime: startMs } });
    if (result.outcome !== "unknown") return result;
    await sleep(result.probeAfterMs, undefined, clock);
  }
}

function loseAnswers(emulator: Emulator, random: () => number): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const isBooking = init.method === "POST" && url.endsWith("/appointments");
    const isLost = isBooking && random() < lostShare;
    if (isLost && random() < 0.5) throw new TypeError("fetch failed");
    const answer = await emulator.fetch(new Request(url, init));
    if (isLost) throw new TypeError("fetch failed");
    return answer;
  };
}

async function openCalendar(location: LocationClient): Promise<string> {
  const allDay = { hours: [{ openHour: 0, openMinute: 0, closeHour: 23, closeMinute: 60 }] };
  const openHours = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ daysOfTheWeek: [day], ...allDay }));
  return (await location.calendars.create({ body: { name: "Races", calendarType: "event", openHours } })).calendar.id;
}

async function ownersOf(location: LocationClient, calendarId: string, startMs: number): Promise<readonly string[]> {
  const range = { startTime: String(startMs), endTime: String(startMs + 1000) };
  const { events } = await location.calendars.listEvents({ calendarId, ...range });
  return events.filter(({ startTime }) => Date.parse(startTime) === startMs).map(({ contactId }) => contactId);
}
