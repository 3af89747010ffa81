import { describe, expect, it } from "vitest";
import { readRetryAfter } from "../src/index.ts";

const now = Date.parse("2026-11-24T10:00:00Z");

function asked(value: string, date?: string): number | undefined {
  return readRetryAfter(new Headers({ "retry-after": value, ...(date === undefined ? {} : { date }) }), now);
}

describe("readRetryAfter", () => {
  it.each([
    ["3", 3000],
    [" 3 ", 3000],
    ["Tue, 24 Nov 2026 10:00:05 GMT", 5000],
    ["Tuesday, 24-Nov-26 10:00:05 GMT", 5000],
    ["Tue Nov 24 10:00:05 2026", 5000],
    ["Tue Nov  3 10:00:00 2026", undefined],
  ])("reads seconds and the three forms of an HTTP date: %s", (value, expected) => expect(asked(value)).toBe(expected));

  it.each([
    ["2, 2", 2000],
    ["10, 10", 10_000],
    ["2,30,4", 30_000],
    ["Tue, 24 Nov 2026 10:00:05 GMT, 2", 5000],
    ["2, Tue, 24 Nov 2026 09:00:00 GMT", 2000],
    ["soon, 2", 2000],
  ])("takes the longest of a list: %s", (value, expected) => expect(asked(value)).toBe(expected));

  it.each([
    "",
    "0",
    "-1",
    "0.5",
    "1e3",
    "0x10",
    "+5",
    "later",
    "02/02/2001",
    "2026-11-24T10:00:05Z",
    "Tue, 24 Nov 2026 09:00:00 GMT",
    "Tue, 24 Nov 2026 10:00:00 GMT",
    "Tue, 31 Nov 2026 10:00:00 GMT",
    "Tuesday, 24-Nov-80 10:00:05 GMT",
    "Tue, 24 Nov 2026 10:00:05 PST",
  ])("says nothing: %j", (value) => expect(asked(value)).toBeUndefined());

  it.each(["99999999999", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])("is believed for a day at most: %s", (value) =>
    expect(asked(value)).toBe(86_400_000),
  );

  it("is absent", () => expect(readRetryAfter(new Headers(), now)).toBeUndefined());

  it.each(["Tue, 24 Nov 2026 10:05:00 GMT", "Tue, 24 Nov 2026 09:55:00 GMT"])(
    "counts a date from the answer's own Date, whatever our clock says: %s",
    (date) => {
      const until = new Date(Date.parse(date) + 7000).toUTCString();
      expect(asked(until, date)).toBe(7000);
    },
  );

  it("does not let a Date that cannot be read decide", () => expect(asked("Tue, 24 Nov 2026 10:00:05 GMT", "2, 2")).toBe(5000));
});
