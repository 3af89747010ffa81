import { expect, test } from "vitest";
import { dayOf, instantOf, isTimezone, toZonedIso } from "../../../src/services/calendars/zoned-time.ts";

const newYork = "America/New_York";

test.each([
  [newYork, "2026-10-05T13:00:00.000Z", "2026-10-05T09:00:00-04:00"],
  [newYork, "2026-11-05T14:00:00.000Z", "2026-11-05T09:00:00-05:00"],
  ["Asia/Kolkata", "2026-10-05T00:00:00.000Z", "2026-10-05T05:30:00+05:30"],
  ["UTC", "2026-10-05T00:00:00.000Z", "2026-10-05T00:00:00+00:00"],
])("%s at %s is %s", (timezone, instant, expected) => {
  expect(toZonedIso(Date.parse(instant), timezone)).toBe(expected);
});

test("nine in the morning is nine on both sides of a clock change", () => {
  for (const day of [31, 32]) {
    const instant = instantOf({ year: 2026, month: 10, day }, 540, newYork);
    expect(toZonedIso(instant, newYork).slice(11, 16)).toBe("09:00");
  }
});

test("a day is the zone's, not UTC's", () => {
  expect(dayOf(Date.parse("2026-10-05T01:00:00Z"), newYork)).toEqual({ year: 2026, month: 10, day: 4 });
});

test("names of zones are known or not", () => {
  expect([isTimezone(newYork), isTimezone("Mars/Olympus")]).toEqual([true, false]);
});
