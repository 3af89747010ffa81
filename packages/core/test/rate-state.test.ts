import { describe, expect, it } from "vitest";
import { parseRetryAfter, readRateState } from "../src/index.ts";

describe("readRateState", () => {
  it("reads the platform's headers and leaves out what is absent or no number", () => {
    const headers = new Headers({
      "X-RateLimit-Max": "100",
      "X-RateLimit-Remaining": "99",
      "X-RateLimit-Interval-Milliseconds": "10000",
      "X-RateLimit-Limit-Daily": "200000",
      "X-RateLimit-Daily-Remaining": "soon",
    });
    expect(readRateState(headers)).toEqual({ limit: 100, remaining: 99, intervalMs: 10_000, dailyLimit: 200_000, dailyRemaining: undefined, dailyReset: undefined });
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
