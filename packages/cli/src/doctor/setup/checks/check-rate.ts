import type { SetupCheck } from "../setup-check.ts";

/** What the answer says of the rate limit. */
export function checkRate(headers: Headers): SetupCheck {
  const [limit, remaining, daily, dailyLeft] = ["max", "remaining", "limit-daily", "daily-remaining"].map((name) =>
    headers.get(`x-ratelimit-${name}`),
  );
  if (limit === null || remaining === null)
    return { name: "rate limit", verdict: "info", detail: "The answer has no rate headers: the limiter keeps to 100 calls per 10 s." };
  const detail = `${remaining} of ${limit} left in the window, ${dailyLeft ?? "?"} of ${daily ?? "?"} left today.`;
  if (daily === null || dailyLeft === null || Number(dailyLeft) >= Number(daily) / 10) return { name: "rate limit", verdict: "ok", detail };
  return {
    name: "rate limit",
    verdict: "warning",
    detail,
    action: "Find what spends the day's calls: limiter.inspectAll() counts them by operation (spentBy).",
  };
}
