import type { Clock } from "@ghlkit/core";
import { cached, type Cached } from "../location/cached.ts";
import { locationZone } from "../location/location-zone.ts";
import type { BookingClient } from "./booking-client.ts";

/** What is known of a calendar. */
export interface CalendarFacts {
  /** IANA name of the location's zone, which is that of its calendars. */
  readonly zone: string;
  readonly slotMs: number;
  /** Ids of the users of its team. */
  readonly team: readonly string[];
}

/** Reads each calendar once in ten minutes. */
export type ReadCalendar = (calendarId: string) => Promise<CalendarFacts>;

const ttlMs = 600_000;
const unitMs = { mins: 60_000, hours: 3_600_000 };

export function createCalendarFacts(location: BookingClient, clock: Clock): ReadCalendar {
  const zone = cached(() => locationZone(location), { clock, ttlMs });
  const calendars = new Map<string, Cached<CalendarFacts>>();
  return (calendarId) => {
    const known = calendars.get(calendarId) ?? cached(() => readFacts(location, calendarId, zone), { clock, ttlMs });
    calendars.set(calendarId, known);
    return known.get();
  };
}

async function readFacts(location: BookingClient, calendarId: string, zone: Cached<string>): Promise<CalendarFacts> {
  const [{ calendar }, itsZone] = await Promise.all([location.calendars.get({ calendarId }), zone.get()]);
  const { slotDuration, slotDurationUnit, teamMembers = [] } = calendar;
  const unit = slotDurationUnit === "hours" ? unitMs.hours : unitMs.mins;
  return { zone: itsZone, slotMs: slotDuration * unit, team: teamMembers.flatMap(({ userId }) => userId ?? []) };
}
