import { describe, expect, it } from "vitest";
import { parseMoment } from "../../src/options/moment.ts";

const now = Date.parse("2026-01-02T00:00:00Z");

describe("--since", () => {
  it.each([
    ["90s", "2026-01-01T23:58:30.000Z"],
    ["30m", "2026-01-01T23:30:00.000Z"],
    ["2h", "2026-01-01T22:00:00.000Z"],
    ["1d", "2026-01-01T00:00:00.000Z"],
    ["2025-12-31", "2025-12-31T00:00:00.000Z"],
    ["2025-12-31T10:00:00+02:00", "2025-12-31T08:00:00.000Z"],
  ])("%s", (text, at) => expect(new Date(parseMoment(text, now)).toISOString()).toBe(at));

  it.each(["", "yesterday", "1", "5", "-1h", "1w", "2026-02-30", "2025-13-01", "2025-02-29T10:00:00Z"])("refuses %j", (text) =>
    expect(() => parseMoment(text, now)).toThrow("--since takes"),
  );
});
