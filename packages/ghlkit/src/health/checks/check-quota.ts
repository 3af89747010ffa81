import type { RateLimitLayer } from "@ghlkit/resilience";
import { countText } from "../duration-text.ts";
import type { HealthChecks } from "../health-report.ts";

/** What is left of window and day, by the location or company that has the least. */
export function checkQuota(
  limiter: Pick<RateLimitLayer, "inspectAll">,
  { dailyLimit, dailyLeftRatio: least }: { readonly dailyLimit: number; readonly dailyLeftRatio: number },
): Required<HealthChecks>["quota"] {
  const buckets = limiter.inspectAll();
  const waiting = buckets.reduce((sum, { depth }) => sum + depth, 0);
  const burstLeftRatio = leastOf(buckets.map(({ free, limit }) => (limit > 0 ? free / limit : 0)));
  const dailyLeft = leastOf(buckets.flatMap(({ dailyRemaining }) => (dailyRemaining === undefined ? [] : [dailyRemaining])));
  const dailyLeftRatio = dailyLeft === undefined ? undefined : Math.min(1, dailyLeft / dailyLimit);
  const values = { waiting, burstLeftRatio, dailyLeft, dailyLeftRatio };
  if (dailyLeftRatio === undefined || dailyLeftRatio >= least)
    return { status: "ok", message: `${countText(waiting, "call waits", "calls wait")} for a slot.`, values };
  return {
    status: "degraded",
    message: `A location or company has ${dailyLeft} calls left today.`,
    action: "Find what spends them (limiter.inspectAll(): spentBy), stop bulk runs until the day's reset, or give them daily.keepFree.",
    values,
  };
}

function leastOf(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((least, number) => Math.min(least, number));
}
