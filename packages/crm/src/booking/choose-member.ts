import type { BookingSettings } from "./booking-settings.ts";

/** Users of a calendar's team for whom a slot is free, in the order of the team; `first` comes before the others. */
export async function freeMembers(
  slot: { readonly calendarId: string; readonly startMs: number },
  { location, readCalendar }: Pick<BookingSettings, "location" | "readCalendar">,
  first?: string,
): Promise<readonly string[]> {
  const { calendarId, startMs } = slot;
  const { team } = await readCalendar(calendarId);
  const free: string[] = [];
  for (const userId of team) {
    const query = { calendarId, startDate: startMs, endDate: startMs + 1000, userId };
    const answer = await location.calendars.listFreeSlots(query, { fresh: true });
    const starts = Object.values(answer).flatMap((day) => (typeof day === "object" ? day.slots : []));
    if (starts.some((start) => Date.parse(start) === startMs)) free.push(userId);
  }
  return free.toSorted((one, other) => Number(other === first) - Number(one === first));
}
