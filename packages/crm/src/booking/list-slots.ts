import { ghlError, type Clock } from "@ghlkit/core";
import { instantMs } from "../time/instant.ts";
import { isTimeZone, zonedIso } from "../time/zoned-time.ts";
import type { BookingClient } from "./booking-client.ts";
import type { CalendarFacts, ReadCalendar } from "./calendar-facts.ts";
import type { Slot, SlotQuery } from "./slot.ts";

/** The longest stretch that the platform answers. */
const stretchMs = 31 * 86_400_000;

/** What slots are listed with. */
export interface SlotSettings {
  readonly location: BookingClient;
  readonly readCalendar: ReadCalendar;
  readonly clock: Clock;
}

/** Free slots in order, part by part as the loop goes on. @throws GhlError `invalid_request` for times and zones that are none. */
export async function* listSlots(query: SlotQuery, settings: SlotSettings): AsyncGenerator<Slot, void, undefined> {
  const { calendarId, zone } = query;
  if (zone !== undefined && !isTimeZone(zone)) {
    throw ghlError("invalid_request", `${JSON.stringify(zone)} is no time zone: give an IANA name such as Pacific/Auckland.`, {});
  }
  const calendar = await settings.readCalendar(calendarId);
  for await (const startMs of slotStarts(query, settings)) yield slotAt(startMs, calendarId, calendar, zone ?? calendar.zone);
}

/** Starts of free slots in ms since epoch, in order, part by part as the loop goes on. */
export async function* slotStarts(
  query: Omit<SlotQuery, "zone">,
  { location, clock }: SlotSettings,
): AsyncGenerator<number, void, undefined> {
  const { calendarId, teamMembers, signal } = query;
  const fromMs = query.from === undefined ? clock.now() : instantMs("from", query.from);
  const toMs = query.to === undefined ? fromMs + stretchMs : instantMs("to", query.to);
  if (toMs < fromMs) throw ghlError("invalid_request", "to is before from: give the stretch from its start to its end.", {});
  const options = { fresh: true, ...(signal !== undefined && { signal }) };
  for (let startDate = fromMs; startDate <= toMs; startDate += stretchMs) {
    const endDate = Math.min(startDate + stretchMs - 1, toMs);
    const members = teamMembers === undefined ? {} : { userIds: [...teamMembers] };
    const answer = await location.calendars.listFreeSlots({ calendarId, startDate, endDate, ...members }, options);
    yield* startsOf(answer).filter((startMs) => startMs >= startDate && startMs <= endDate);
  }
}

/** A slot of a calendar in a visitor's zone. */
export function slotAt(startMs: number, calendarId: string, { zone, slotMs }: CalendarFacts, visitorZone: string): Slot {
  const times = (itsZone: string): Pick<Slot, "startTime" | "endTime"> => ({
    startTime: zonedIso(startMs, itsZone),
    endTime: zonedIso(startMs + slotMs, itsZone),
  });
  return { calendarId, ...times(visitorZone), zone: visitorZone, inCalendar: { ...times(zone), zone } };
}

/** The answer has a list for each day, and beside the days its trace id. */
function startsOf(answer: Readonly<Record<string, unknown>>): readonly number[] {
  const starts = Object.values(answer).flatMap((day) => {
    const { slots } = (typeof day === "object" && day !== null ? day : {}) as { readonly slots?: readonly string[] };
    return (slots ?? []).map((text) => Date.parse(text));
  });
  return [...new Set(starts)].toSorted((one, other) => one - other);
}
