import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";
import { durationMs } from "./duration.ts";

/** Between which starts a calendar can be booked now: after its notice, and so far ahead as it allows. */
export function bookingRange({ details }: Calendar, world: World): { readonly fromMs: number; readonly untilMs: number } {
  const now = world.clock.now();
  const horizonMs = durationMs(details, "allowBookingFor", 0, "days");
  return {
    fromMs: now + durationMs(details, "allowBookingAfter", 0, "hours"),
    untilMs: horizonMs === 0 ? Number.POSITIVE_INFINITY : now + horizonMs,
  };
}
