import { readRateState } from "@ghlkit/core";
import { expect, test } from "vitest";
import { DailyQuota } from "../../src/rate-limit/daily-quota.ts";

const now = Date.parse("2026-11-24T18:00:00Z");
const midnight = Date.parse("2026-11-25T00:00:00Z");

function quotaAfter(headers: Record<string, string>): DailyQuota {
  const quota = new DailyQuota();
  quota.learn(now, readRateState(new Headers(headers)));
  return quota;
}

test.each([
  ["seconds left", String((midnight - now) / 1000)],
  ["milliseconds left", String(midnight - now)],
  ["seconds since epoch", String(midnight / 1000)],
  ["milliseconds since epoch", String(midnight)],
  ["a date", "2026-11-25T00:00:00Z"],
])("a reset told as %s is understood", (_unit, value) => {
  const quota = quotaAfter({ "x-ratelimit-daily-remaining": "0", "x-ratelimit-daily-reset": value });
  expect(quota.resetsAt).toBe(midnight);
  expect(quota.usedUp(midnight - 1)).toBe(true);
  expect(quota.usedUp(midnight)).toBe(false);
});

test("a reset nobody told is tried after an hour", () => {
  const quota = quotaAfter({ "x-ratelimit-daily-remaining": "0" });
  expect(quota.resetsAt).toBeUndefined();
  expect(quota.usedUp(now + 3_599_999)).toBe(true);
  expect(quota.usedUp(now + 3_600_000)).toBe(false);
});

test("an answer with calls left opens the day again, one without the header changes nothing", () => {
  const quota = quotaAfter({ "x-ratelimit-daily-remaining": "0" });
  quota.learn(now, readRateState(new Headers()));
  expect(quota.usedUp(now)).toBe(true);
  quota.learn(now, readRateState(new Headers({ "x-ratelimit-daily-remaining": "7" })));
  expect(quota.usedUp(now)).toBe(false);
  expect(quota.remaining).toBe(7);
});
