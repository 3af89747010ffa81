import { createBooking, type Slot } from "@ghlkit/crm/booking";
import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryJournal } from "@ghlkit/storage";
import { createGhl, type LocationClient } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";

const bookings = 500;
const zones = [
  "Africa/Cairo",
  "Africa/Casablanca",
  "America/Anchorage",
  "America/Bogota",
  "America/Chicago",
  "America/Denver",
  "America/Halifax",
  "America/Havana",
  "America/Los_Angeles",
  "America/New_York",
  "America/Nuuk",
  "America/Phoenix",
  "America/Santiago",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Asia/Beirut",
  "Asia/Jerusalem",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Atlantic/Azores",
  "Australia/Adelaide",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Europe/Dublin",
  "Europe/London",
  "Europe/Paris",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "UTC",
] as const;
/** Days on which clocks change somewhere, in 2026 and 2027: northern and southern. */
const changes = [
  "2026-03-08",
  "2026-03-29",
  "2026-04-05",
  "2026-10-04",
  "2026-10-25",
  "2026-11-01",
  "2027-03-14",
  "2027-03-28",
  "2027-04-04",
  "2027-11-07",
];

/** Visitors of thirty zones book calendars of all of them, around the changes of the clocks. */
export async function bookingZones(): Promise<readonly Measure[]> {
  const random = seeded(30);
  let wrong = 0;
  let missing = 0;
  for (let at = 0; at < bookings; at += 1) {
    const zone = zones[at % zones.length] ?? "UTC";
    const calendarZone = zones[Math.floor(random() * zones.length)] ?? "UTC";
    const day = Date.parse(changes[at % changes.length] ?? "");
    const { slots, booked } = await bookAround(day, { zone, calendarZone, random });
    if (slots === 0) missing += 1;
    if (booked !== undefined && !isRight(booked)) wrong += 1;
  }
  const label = `${bookings} bookings in ${zones.length} zones around the changes of the clocks of 2026 and 2027`;
  return [
    measure(`${label}: wrong instants`, wrong, "", { atMost: 0 }),
    measure(`${label}: without a slot to choose`, missing, "", { atMost: 0 }),
  ];
}

interface Booked {
  readonly slot: Slot;
  readonly stored: string;
  readonly calendarZone: string;
}

interface Around {
  readonly zone: string;
  readonly calendarZone: string;
  readonly random: () => number;
}

async function bookAround(day: number, { zone, calendarZone, random }: Around): Promise<{ slots: number; booked?: Booked }> {
  const clock = createManualClock(day - 5 * 86_400_000);
  const emulator = createEmulator({ clock, enforceBurstLimit: false });
  const { tokens, locationId, companyId } = emulator.seed;
  const fetch = (url: string, init: RequestInit): Promise<Response> => emulator.fetch(new Request(url, init));
  const agency = createGhl({ token: tokens.agency, company: companyId, fetch, clock });
  await agency.company(companyId).locations.update({ locationId, body: { timezone: calendarZone } } as never);
  const location = createGhl({ token: tokens.location, location: locationId, fetch, clock }).location(locationId);
  const calendarId = await openCalendar(location);
  const { contact } = await location.contacts.create({ body: { email: "ada@example.com" } });
  const booking = createBooking(location, { journal: createMemoryJournal({ clock }), clock });
  const slots: Slot[] = [];
  for await (const slot of booking.slots({ calendarId, zone, from: day - 86_400_000, to: day + 2 * 86_400_000 })) slots.push(slot);
  const slot = slots[Math.floor(random() * slots.length)];
  if (slot === undefined) return { slots: 0 };
  const result = await booking.book({ key: "form", slot, contact: contact.id });
  if (result.outcome !== "booked") throw new Error(`A free slot was ${result.outcome}.`);
  const { appointment } = await location.calendars.getAppointment({ eventId: result.appointment.id });
  return { slots: slots.length, booked: { slot, stored: appointment.startTime, calendarZone } };
}

/** By a second way of formatting: clocks of the visitor's and of the calendar's zone show at the stored instant what the visitor chose. */
function isRight({ slot, stored, calendarZone }: Booked): boolean {
  const instant = Date.parse(stored);
  return (
    wallTime(instant, slot.zone) === slot.startTime.slice(0, 19) &&
    wallTime(instant, calendarZone) === slot.inCalendar.startTime.slice(0, 19) &&
    slot.inCalendar.zone === calendarZone &&
    instant === Date.parse(slot.startTime)
  );
}

function wallTime(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(instant);
  return parts.replace(" ", "T");
}

async function openCalendar(location: LocationClient): Promise<string> {
  const allDay = { hours: [{ openHour: 0, openMinute: 0, closeHour: 23, closeMinute: 60 }] };
  const openHours = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ daysOfTheWeek: [day], ...allDay }));
  return (await location.calendars.create({ body: { name: "Zones", calendarType: "event", openHours } })).calendar.id;
}
