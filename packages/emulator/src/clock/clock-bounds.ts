import { BoundsError } from "../bounds/check-value.ts";

/** The last millisecond of the year 9999: later ones have no ISO text of the usual form. */
export const latestMs = 253_402_300_799_999;

/** A hundred years: how far the clock is moved at once. */
export const furthestMs = 3_155_760_000_000;

/** @throws BoundsError unless it is a time from 1970 to 9999, in ms since epoch. */
export function checkTime(ms: number): number {
  if (ms >= 0 && ms <= latestMs) return ms;
  throw new BoundsError(`The clock goes from 0 to ${latestMs} ms since epoch (1970 to 9999).`);
}
