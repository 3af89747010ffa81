import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { BookingClient } from "./booking-client.ts";
import type { ReadCalendar } from "./calendar-facts.ts";

/** What all bookings of a location share. */
export interface BookingSettings {
  readonly location: BookingClient;
  readonly journal: Journal;
  readonly locationId: string;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly freshSlots: number;
  readonly clock: Clock;
  readonly readCalendar: ReadCalendar;
}
