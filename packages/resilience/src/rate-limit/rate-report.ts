import { readDailyReset, type RateState } from "@ghlkit/core";
import type { ReportedRate } from "@ghlkit/storage";

/** The rate headers of an answer as a report to a shared window: durations, because its clock is another one. */
export function rateReport(rate: RateState, now: number): ReportedRate {
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

/** Whether an answer had rate headers. */
export function showsRate(rate: RateState): boolean {
  return rate.limit !== undefined || rate.remaining !== undefined || rate.dailyRemaining !== undefined;
}
