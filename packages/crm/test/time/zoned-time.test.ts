import { expect, it } from "vitest";
import { wallTimeMs, zonedIso } from "../../src/time/zoned-time.ts";

it("writes instants with the offset that the zone has then", () => {
  expect(zonedIso(Date.UTC(2026, 10, 1, 5, 30), "America/New_York")).toBe("2026-11-01T01:30:00-04:00");
  expect(zonedIso(Date.UTC(2026, 10, 1, 6, 30), "America/New_York")).toBe("2026-11-01T01:30:00-05:00");
  expect(zonedIso(Date.UTC(2026, 6, 1), "Asia/Kathmandu")).toBe("2026-07-01T05:45:00+05:45");
  expect(zonedIso(Date.UTC(2026, 6, 1), "UTC")).toBe("2026-07-01T00:00:00+00:00");
});

it("reads wall time, of a repeated hour the first, of a missing one the hour after it", () => {
  const read = (text: string, zone: string): string => new Date(wallTimeMs(text, zone)).toISOString();
  expect(read("2026-07-31 18:30:00", "America/New_York")).toBe("2026-07-31T22:30:00.000Z");
  expect(read("2026-11-01 01:30:00", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
  expect(read("2026-11-01 03:30:00", "America/New_York")).toBe("2026-11-01T08:30:00.000Z");
  expect(read("2027-03-14 02:30:00", "America/New_York")).toBe("2027-03-14T07:30:00.000Z");
  expect(wallTimeMs("soon", "UTC")).toBeNaN();
});
