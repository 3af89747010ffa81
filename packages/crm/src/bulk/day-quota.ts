import type { Clock } from "@ghlkit/core";
import type { BulkDay, BulkQuota } from "./bulk-options.ts";
import type { Hold } from "./hold.ts";

/** How often an used-up day whose reset is not known is looked at again. */
const unknownResetMs = 3_600_000;

/** Keeps calls of the day free for others. */
export interface DayQuota {
  /** Whether a row may go. When it may not, all rows are held until the day's reset, or the run is stopped. */
  readonly admit: () => boolean;
  /** A row that was admitted is done. */
  readonly leave: () => void;
  /** The platform said that the day is used up. */
  readonly usedUp: (resetsAt: number | undefined) => void;
}

export interface DayQuotaOptions {
  readonly daily: BulkDay | undefined;
  readonly quota: (() => BulkQuota) | undefined;
  readonly hold: Hold;
  readonly clock: Clock;
  /** Ends the run as `stopped`. */
  readonly stop: () => void;
}

export function createDayQuota({ daily = {}, quota, hold, clock, stop }: DayQuotaOptions): DayQuota {
  const { keepFree = 0, atEnd = "wait" } = daily;
  let underWay = 0;
  const usedUp = (resetsAt: number | undefined): void => {
    if (atEnd === "stop") return stop();
    hold.holdFor(Math.max(1000, resetsAt === undefined ? unknownResetMs : resetsAt - clock.now()), "day");
  };
  return {
    usedUp,
    leave: () => void (underWay -= 1),
    admit: () => {
      const { dailyRemaining, dailyResetsAt } = (keepFree > 0 ? quota?.() : undefined) ?? {};
      if (dailyRemaining !== undefined && dailyRemaining - underWay <= keepFree) {
        usedUp(dailyResetsAt);
        return false;
      }
      underWay += 1;
      return true;
    },
  };
}
