import { expectTypeOf, test } from "vitest";
import type { BookResult, LocationBooking, RescheduleResult, StatusResult } from "../../src/booking/index.ts";

declare const booking: LocationBooking;

test("a switch over each outcome is exhaustive, and narrows", () => {
  const read = (result: BookResult | RescheduleResult | StatusResult): string => {
    switch (result.outcome) {
      case "booked":
      case "rescheduled":
      case "changed":
      case "unchanged":
      case "cancelled":
        return result.appointment.startTime;
      case "taken":
        return result.freshSlots.map(({ startTime }) => startTime).join();
      case "refused":
        return `${result.why} ${result.error.message}`;
      case "unknown":
        return String(result.probeAfterMs);
      case "not_found":
        return "gone";
    }
  };
  expectTypeOf(read).returns.toEqualTypeOf<string>();
});

test("a block is of a calendar or of a user", () => {
  const time = { from: 1, to: 2 };
  void booking.availability.block({ calendarId: "c", ...time });
  void booking.availability.block({ userId: "u", ...time });
  // @ts-expect-error Of one of them.
  void booking.availability.block({ userId: "u", calendarId: "c", ...time });
  // @ts-expect-error And not of neither.
  void booking.availability.block(time);
  // @ts-expect-error A booking has a key.
  void booking.book({ slot: { calendarId: "c", startTime: 1 }, contact: "p" });
});
