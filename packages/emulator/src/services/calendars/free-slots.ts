import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";
import { bookingRange } from "./booking-range.ts";
import { slotIntervalMs, slotLengthMs } from "./duration.ts";
import { lanesOf, type SlotLane } from "./slot-lanes.ts";

/** Slots may begin every minute: more than this many a day are none that a calendar means. */
const shortestIntervalMs = 60_000;

export interface SlotQuery {
  readonly fromMs: number;
  readonly untilMs: number;
  /** These members alone. */
  readonly userIds?: readonly string[];
}

/** Starts of the free slots between two instants. */
export function freeSlots(calendar: Calendar, { fromMs, untilMs, userIds }: SlotQuery, world: World): readonly number[] {
  const range = bookingRange(calendar, world);
  const from = Math.max(fromMs, range.fromMs);
  const until = Math.min(untilMs, range.untilMs);
  if (from > until || !calendar.isActive) return [];
  const starts = lanesOf(calendar, world, { userIds }).flatMap((lane) => slotsOf(lane, calendar, from, until));
  return lookBusy(
    calendar,
    [...new Set(starts)].toSorted((one, other) => one - other),
  );
}

function slotsOf(lane: SlotLane, calendar: Calendar, fromMs: number, untilMs: number): readonly number[] {
  const length = slotLengthMs(calendar);
  const interval = Math.max(shortestIntervalMs, slotIntervalMs(calendar));
  const starts: number[] = [];
  for (const { startMs, endMs } of lane.open(fromMs, untilMs)) {
    const skipped = Math.max(0, Math.ceil((fromMs - startMs) / interval));
    for (let start = startMs + skipped * interval; start + length <= endMs && start <= untilMs; start += interval) {
      if (lane.hasRoom({ startMs: start, endMs: start + length })) starts.push(start);
    }
  }
  return starts;
}

/** A calendar that is to look busy hides a share of its slots. Which ones is not known; here they are spread evenly. */
function lookBusy({ details }: Calendar, slots: readonly number[]): readonly number[] {
  const { enabled, LookBusyPercentage } = (details["lookBusyConfig"] ?? {}) as { enabled?: boolean; LookBusyPercentage?: number };
  if (enabled !== true || LookBusyPercentage === undefined) return slots;
  const share = Math.min(100, Math.max(0, LookBusyPercentage)) / 100;
  return slots.filter((_, at) => Math.floor((at + 1) * share) === Math.floor(at * share));
}
