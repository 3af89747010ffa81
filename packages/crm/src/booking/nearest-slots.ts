import { listSlots, type SlotSettings } from "./list-slots.ts";
import type { Slot } from "./slot.ts";

const dayMs = 86_400_000;

/** Free slots that start nearest to a time, in their order: from seven days before it to three weeks after. */
export async function nearestSlots(
  wanted: { readonly calendarId: string; readonly startMs: number; readonly zone: string | undefined; readonly count: number },
  settings: SlotSettings,
): Promise<readonly Slot[]> {
  const { calendarId, startMs, zone, count } = wanted;
  const now = settings.clock.now();
  const from = Math.max(now, startMs - 7 * dayMs);
  const found: Slot[] = [];
  for await (const slot of listSlots(
    { calendarId, from, to: Math.max(from, startMs + 21 * dayMs), ...(zone !== undefined && { zone }) },
    settings,
  )) {
    if (Date.parse(slot.startTime) !== startMs) found.push(slot);
  }
  const distance = (slot: Slot): number => Math.abs(Date.parse(slot.startTime) - startMs);
  return found
    .toSorted((one, other) => distance(one) - distance(other))
    .slice(0, count)
    .toSorted((one, other) => Date.parse(one.startTime) - Date.parse(other.startTime));
}
