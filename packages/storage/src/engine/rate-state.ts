import type { Departure, OtherClientsState } from "../rate/other-clients.ts";
import type { UrgentGrant } from "../rate/urgent-slots.ts";

/** Slots that come free at a time, or a reservation that ends then. */
export type Held = readonly [freeAt: number, count: number];
/** With what it remembers of its grant; absent in what an earlier release kept. */
export type Reserved = readonly [endsAt: number, count: number, mark: number, departure?: Departure];

/** What an engine keeps of a bucket: JSON. Every time is on the engine's clock. */
export interface RateState {
  /** By the last answer of the platform; `null` before one. */
  limit: number | null;
  windowMs: number | null;
  taken: number;
  /** In the order of their times. */
  held: Held[];
  reserved: Record<string, Reserved>;
  closedUntil: number;
  /** How long it was to be when it was closed; absent before the first time. */
  closedForMs?: number;
  /** After a refusal one call goes ahead alone and learns what is left. */
  trial: boolean;
  dayEndsAt: number;
  /** Whether the platform stated the end of the day. */
  isDayEndKnown: boolean;
  spent: number;
  /** Calls left today; `null` where that is not known. */
  left: number | null;
  /** While the day is used up. */
  dayClosedUntil: number;
  /** Urgent slots granted within the last windows, by time and in its order; absent in what an earlier release kept. */
  urgent?: UrgentGrant[];
  others?: OtherClientsState;
  /** Whether fewer urgent slots were granted than asked for last: those granted next come late. */
  urgentShort?: boolean;
}

/** How long a used-up day is believed when the platform does not state its end; then one call may try. */
export const unknownDayMs = 3_600_000;
export const dayMs = 86_400_000;

/** A bucket that was not used before. */
export function newRateState(now: number): RateState {
  return {
    limit: null,
    windowMs: null,
    taken: 0,
    held: [],
    reserved: {},
    closedUntil: 0,
    trial: false,
    dayEndsAt: now + dayMs,
    isDayEndKnown: false,
    spent: 0,
    left: null,
    dayClosedUntil: 0,
    urgent: [],
  };
}
