import { describe, expect, it } from "vitest";
import { parseDailyReset, parseRetryAfter, readRateState } from "../src/index.ts";

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

describe("parseRetryAfter", () => {
  it.each([
    ["3", 3000],
    ["0.5", 500],
    ["Tue, 24 Nov 2026 10:00:05 GMT", 5000],
    ["Tue, 24 Nov 2026 09:00:00 GMT", 0],
    ["-1", undefined],
    ["later", undefined],
    ["", undefined],
    [null, undefined],
  ])("%s is %s ms", (value, expected) => {
    expect(parseRetryAfter(value, Date.parse("2026-11-24T10:00:00Z"))).toBe(expected);
  });
});

describe("parseDailyReset", () => {
  const now = Date.parse("2026-11-24T10:00:00Z");
  it.each([
    ["1764028800000", 1_764_028_800_000],
    ["1764028800", 1_764_028_800_000],
    ["50400000", now + 50_400_000],
    ["50400", now + 50_400_000],
    ["2026-11-25T00:00:00Z", Date.parse("2026-11-25T00:00:00Z")],
    ["soon", undefined],
    [undefined, undefined],
  ])("%s is %s", (value, expected) => expect(parseDailyReset(value, now)).toBe(expected));
});
