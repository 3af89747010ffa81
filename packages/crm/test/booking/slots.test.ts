import { describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import type { Slot } from "../../src/booking/index.ts";
import { all, monday, openBooking } from "./booking-on-emulator.ts";

const dayMs = 86_400_000;

describe("slots", () => {
  it("are shown in the visitor's zone and in the calendar's", async () => {
    const { booking, calendarId } = await openBooking();
    const [slot] = await all(booking.slots({ calendarId, to: monday + dayMs, zone: "Pacific/Auckland" }));
    expect(slot).toEqual({
      calendarId,
      startTime: "2026-10-06T02:00:00+13:00",
      endTime: "2026-10-06T02:30:00+13:00",
      zone: "Pacific/Auckland",
      inCalendar: { startTime: "2026-10-05T09:00:00-04:00", endTime: "2026-10-05T09:30:00-04:00", zone: "America/New_York" },
    });
  });

  it("go over any stretch, in parts that the platform answers, each once", async () => {
    const { booking, calendarId, emulator } = await openBooking();
    const slots = await all(booking.slots({ calendarId, from: monday, to: monday + 93 * dayMs }));
    const starts = slots.map(({ startTime }) => Date.parse(startTime));
    expect(starts).toEqual([...new Set(starts)].toSorted((one, other) => one - other));
    // 67 weekdays of six slots.
    expect(starts.length).toBe(67 * 6);
    expect(emulator.requests().filter(({ operation }) => operation === "calendars.listFreeSlots").length).toBe(4);
  });

  it("are read on as the loop goes on: the first one costs a single call", async () => {
    const { booking, calendarId, emulator } = await openBooking();
    for await (const slot of booking.slots({ calendarId, to: monday + 200 * dayMs })) {
      expect(slot.startTime).toBe("2026-10-05T09:00:00-04:00");
      break;
    }
    expect(emulator.requests().filter(({ operation }) => operation === "calendars.listFreeSlots").length).toBe(1);
  });

  it("keep every instant over both changes of the clocks", async () => {
    const allDay = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
      daysOfTheWeek: [day],
      hours: [{ openHour: 0, openMinute: 0, closeHour: 23, closeMinute: 60 }],
    }));
    const { booking, calendarId } = await openBooking({ openHours: allDay });
    const between = async (from: string, to: string): Promise<readonly Slot[]> => all(booking.slots({ calendarId, from, to }));
    const autumn = await between("2026-11-01T00:00:00-04:00", "2026-11-01T03:00:00-05:00");
    expect(autumn.map(({ startTime }) => startTime.slice(11))).toEqual([
      "00:00:00-04:00",
      "00:30:00-04:00",
      "01:00:00-04:00",
      "01:30:00-04:00",
      "01:00:00-05:00",
      "01:30:00-05:00",
      "02:00:00-05:00",
      "02:30:00-05:00",
      "03:00:00-05:00",
    ]);
    const spring = await between("2027-03-14T01:00:00-05:00", "2027-03-14T03:30:00-04:00");
    expect(spring.map(({ startTime }) => startTime.slice(11))).toEqual([
      "01:00:00-05:00",
      "01:30:00-05:00",
      "03:00:00-04:00",
      "03:30:00-04:00",
    ]);
  });

  it("of some members of the team alone", async () => {
    const { booking, calendarId, emulator } = await openBooking();
    const none = await all(booking.slots({ calendarId, teamMembers: [emulator.seed.users.member] }));
    expect(none).toEqual([]);
  });

  it("are refused for times without an offset and zones that are none, with what to do", async () => {
    const { booking, calendarId } = await openBooking();
    const refused = async (query: object): Promise<string> => {
      try {
        await all(booking.slots({ calendarId, ...query }));
        return "";
      } catch (error) {
        return isGhlError(error, "invalid_request") ? error.message : "another error";
      }
    };
    expect(await refused({ from: "2026-10-29T10:00:00" })).toMatch(/no offset.*Add the offset/);
    expect(await refused({ from: "tomorrow" })).toMatch(/no time/);
    expect(await refused({ zone: "New York" })).toMatch(/IANA name/);
    expect(await refused({ from: monday, to: monday - 1 })).toMatch(/before/);
  });
});
