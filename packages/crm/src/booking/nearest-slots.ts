import { slotAt, slotStarts, type SlotSettings } from "./list-slots.ts";
import type { Slot } from "./slot.ts";

const dayMs = 86_400_000;

/** Which slots are sought. */
export interface Nearest {
  readonly calendarId: string;
  readonly startMs: number;
  /** Of the visitor. @default the calendar's */
  readonly zone: string | undefined;
  readonly count: number;
}

/** Free slots that start nearest to a time, in their order: from seven days before it to three weeks after. */
export async function nearestSlots({ calendarId, startMs, zone, count }: Nearest, settings: SlotSettings): Promise<readonly Slot[]> {
  const from = Math.max(settings.clock.now(), startMs - 7 * dayMs);
  const starts: number[] = [];
  for await (const start of slotStarts({ calendarId, from, to: Math.max(from, startMs + 21 * dayMs) }, settings)) {
    if (start !== startMs) starts.push(start);
  }
  const nearest = starts.toSorted((one, other) => Math.abs(one - startMs) - Math.abs(other - startMs)).slice(0, count);
  const calendar = await settings.readCalendar(calendarId);
  return nearest.toSorted((one, other) => one - other).map((start) => slotAt(start, calendarId, calendar, zone ?? calendar.zone));
}
