import { describe, expect, it } from "vitest";
import { parseDailyReset, readDailyReset, readRateState } from "../src/index.ts";

describe("readRateState", () => {
  it("reads the platform's headers and leaves out what is absent or no number", () => {
    const headers = new Headers({
      "X-RateLimit-Max": "100",
      "X-RateLimit-Remaining": "99",
      "X-RateLimit-Interval-Milliseconds": "10000",
      "X-RateLimit-Limit-Daily": "200000",
      "X-RateLimit-Daily-Remaining": "soon",
    });
    expect(readRateState(headers)).toEqual({
      limit: 100,
      remaining: 99,
      intervalMs: 10_000,
      dailyLimit: 200_000,
      dailyRemaining: undefined,
      dailyReset: undefined,
    });
  });
});

describe("a header that proxies sent twice", () => {
  it("is read as the one that allows least", () => {
    const headers = new Headers({ "x-ratelimit-remaining": "7, 5", "x-ratelimit-max": "100, 100", "x-ratelimit-daily-remaining": "1e3" });
    expect(readRateState(headers)).toMatchObject({ remaining: 5, limit: 100, dailyRemaining: undefined });
  });
});

describe("readDailyReset", () => {
  it("counts from the answer's own Date, whatever our clock says", () => {
    const headers = new Headers({ date: "Tue, 24 Nov 2026 23:59:00 GMT", "x-ratelimit-daily-reset": "2026-11-25T00:00:00Z" });
    const now = Date.parse("2026-11-25T00:04:00Z");
    expect(readDailyReset(readRateState(headers), now)).toBe(now + 60_000);
  });
});

describe("parseDailyReset", () => {
  const now = Date.parse("2026-11-24T10:00:00Z");
  const midnight = Date.parse("2026-11-25T00:00:00Z");

  it.each([
    [String(midnight), midnight],
    [String(midnight / 1000), midnight],
    ["50400000", now + 50_400_000],
    ["86401", now + 86_401],
    ["2026-11-25T00:00:00Z", midnight],
    ["Wed, 25 Nov 2026 00:00:00 GMT", midnight],
    ["2026-11-24T09:59:00Z", now + 60_000],
    [String(now - 1000), now + 60_000],
    ["soon", undefined],
    ["2, 2", undefined],
    ["-1", undefined],
    ["Infinity", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s is %s", (value, expected) => expect(parseDailyReset(value, now)).toBe(expected));

  it.each([50_400, 50_399, 50_404])("%i is seconds, as they end at midnight UTC, give or take what an answer takes", (left) =>
    expect(parseDailyReset(String(left), now)).toBe(now + left * 1000),
  );

  it.each([
    ["a minute and some left", 80_000, 80_000],
    ["a minute left", 60_000, 60_000],
    ["less than that left", 1234, 60_000],
    ["nothing left", 0, 60_000],
  ])("with %s, ms are no seconds: %i waits %i ms", (_name, left, expected) => {
    for (const end of [midnight, Date.parse("2026-11-24T18:30:00Z")]) {
      const waited = (parseDailyReset(String(left), end - left) ?? 0) - (end - left);
      // At midnight nothing is left in either unit.
      expect(waited).toBe(left === 0 && end === midnight ? 0 : expected);
    }
  });

  it.each([String(midnight + 30 * 86_400_000), String(midnight / 1000 + 400_000), "200000000", "2027-01-01T00:00:00Z"])(
    "%s is believed for a day at most",
    (value) => expect(parseDailyReset(value, now)).toBe(now + 86_400_000),
  );
});
