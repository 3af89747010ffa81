import { readDailyReset, type RateState } from "@ghlkit/core";
import type { RateTold } from "@ghlkit/storage";

/** What an answer told, as a shared window hears it: durations, because its clock is another one. */
export function toldBy(rate: RateState, now: number): RateTold {
  const { limit, remaining, intervalMs, dailyRemaining } = rate;
  const resetsAt = readDailyReset(rate, now);
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(intervalMs === undefined ? {} : { windowMs: intervalMs }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(dailyRemaining === undefined ? {} : { dailyRemaining }),
    ...(resetsAt === undefined ? {} : { dailyResetsInMs: Math.max(0, Math.trunc(resetsAt - now)) }),
  };
}

/** Whether the answer told anything. */
export function isTold(rate: RateState): boolean {
  return rate.limit !== undefined || rate.remaining !== undefined || rate.dailyRemaining !== undefined;
}
