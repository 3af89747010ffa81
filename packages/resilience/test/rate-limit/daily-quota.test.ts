import { readRateState } from "@ghlkit/core";
import { expect, test } from "vitest";
import { DailyQuota } from "../../src/rate-limit/daily-quota.ts";

const now = Date.parse("2026-11-24T18:00:00Z");
const midnight = Date.parse("2026-11-25T00:00:00Z");

function quotaAfter(headers: Record<string, string>): DailyQuota {
  const quota = new DailyQuota();
  quota.learn(now, readRateState(new Headers(headers)), 0);
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
  expect(quota.resetsAt(now)).toBe(midnight);
  expect(quota.usedUp(midnight - 1)).toBe(true);
  expect(quota.usedUp(midnight)).toBe(false);
});

test("a reset nobody told is tried after an hour", () => {
  const quota = quotaAfter({ "x-ratelimit-daily-remaining": "0" });
  expect(quota.resetsAt(now)).toBeUndefined();
  expect(quota.usedUp(now + 3_599_999)).toBe(true);
  expect(quota.usedUp(now + 3_600_000)).toBe(false);
});

test("an answer with calls left opens the day again, one without the header changes nothing", () => {
  const quota = quotaAfter({ "x-ratelimit-daily-remaining": "0" });
  quota.learn(now, readRateState(new Headers()), 0);
  expect(quota.usedUp(now)).toBe(true);
  quota.learn(now, readRateState(new Headers({ "x-ratelimit-daily-remaining": "7" })), 0);
  expect(quota.usedUp(now)).toBe(false);
  expect(quota.remaining(now)).toBe(7);
});

const daily = (remaining: number) => readRateState(new Headers({ "x-ratelimit-daily-remaining": String(remaining) }));

test("the day rolls by itself, whoever looks, and also while a call is in flight", () => {
  const quota = new DailyQuota(100);
  for (let at = 0; at < 100; at += 1) quota.spend(now, 1);
  expect([quota.remaining(now), quota.usedUp(now)]).toEqual([0, true]);
  const nextDay = now + 86_400_000;
  expect([quota.remaining(nextDay), quota.spent(nextDay)]).toEqual([100, 0]);
  quota.learn(
    nextDay + 1,
    readRateState(new Headers({ "x-ratelimit-daily-remaining": "150000", "x-ratelimit-daily-reset": String(midnight + 2 * 86_400_000) })),
    0,
  );
  expect(quota.remaining(nextDay + 1)).toBe(100);
});

test("the last calls of the day are spent once: what is told counts down with every call", () => {
  const quota = new DailyQuota();
  quota.learn(now, daily(2), 0);
  quota.spend(now, 1);
  expect(quota.usedUp(now)).toBe(false);
  quota.spend(now, 1);
  expect([quota.usedUp(now), quota.isOver(now)]).toEqual([true, true]);
  quota.spend(now, -1);
  expect(quota.usedUp(now)).toBe(false);
});

test("an answer that was overtaken brings nothing back; one that counted all calls is believed", () => {
  const quota = new DailyQuota();
  quota.learn(now, daily(20), 0);
  for (let at = 0; at < 15; at += 1) quota.spend(now, 1);
  quota.learn(now, daily(18), 14);
  expect(quota.remaining(now)).toBe(5);
  quota.learn(now, daily(3), 13);
  expect(quota.remaining(now)).toBe(3);
});
