import type { GetNote } from "@ghlkit/contract/types/calendars";
import { checkNumber, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { addNote, listNotes, type NewNote, type NoteResult } from "./appointment-notes.ts";
import type { Appointment, AppointmentStatus } from "./appointment.ts";
import { blockTime, listBlocks, type BlockResult, type BlockTarget, type BlockedTime, type NewBlock } from "./blocked-time.ts";
import { bookSlot } from "./book-slot.ts";
import type { BookingClient } from "./booking-client.ts";
import type { Booking } from "./booking.ts";
import type { BookResult, RescheduleResult, StatusResult } from "./booking-result.ts";
import { createCalendarFacts } from "./calendar-facts.ts";
import { changeStatus, type StatusOptions } from "./change-status.ts";
import { listSlots } from "./list-slots.ts";
import { changeOpeningHours, readOpeningHours, type OpeningHours, type OpeningHoursChange } from "./opening-hours.ts";
import { readAppointment } from "./read-appointment.ts";
import { rescheduleAppointment, type Reschedule } from "./reschedule-appointment.ts";
import type { Slot, SlotQuery } from "./slot.ts";
import { unblockTime, type UnblockResult } from "./unblock-time.ts";
import type { Instant } from "../time/instant.ts";

/** Options of {@link createBooking}. */
export interface BookingOptions {
  /** `storage.journal` of any engine: keeps which bookings were made. */
  readonly journal: Journal;
  /** Part of the keys in the journal. @default keys are shared by all locations of the journal */
  readonly locationId?: string;
  /** Ms after which a booking that the calendar does not show was not made: longer than a request may be under way. @default 60_000 */
  readonly settleMs?: number;
  /** How long after the death of this process another one waits before it looks what became of its booking, in ms. @default 30_000 */
  readonly leaseMs?: number;
  /** How many slots `taken` offers. @default 3 */
  readonly freshSlots?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** When a calendar can be booked. */
export interface Availability {
  readonly read: (calendarId: string) => Promise<OpeningHours>;
  /**
   * Changes some days and keeps the others, and everything else of the calendar: the platform's update alone would reset it. Not atomic.
   * @throws GhlError `invalid_request` for hours and dates that are none, and for hours of a day that overlap.
   */
  readonly change: (calendarId: string, change: OpeningHoursChange) => Promise<OpeningHours>;
  readonly block: (block: NewBlock) => Promise<BlockResult>;
  readonly blocks: (query: BlockTarget & { readonly from: Instant; readonly to: Instant }) => Promise<readonly BlockedTime[]>;
  /** Removes a block; twice does no harm. */
  readonly unblock: (blockId: string) => Promise<UnblockResult>;
}

/**
 * The appointments of one location. The platform has no operation that holds a slot, and none that connects external calendars: a slot is certain only once it is booked.
 */
export interface LocationBooking {
  /** Free slots in order, over any stretch of time: it is read on as the loop goes on. */
  readonly slots: (query: SlotQuery) => AsyncIterableIterator<Slot>;
  /**
   * Books a slot at most once per key, through lost answers and crashes.
   * @throws GhlError for outages and authorisation; `invalid_request` for times without an offset.
   */
  readonly book: (booking: Booking) => Promise<BookResult>;
  /** Moves an appointment; its status stays. When the new time cannot be had, the old one stays. */
  readonly reschedule: (change: Reschedule) => Promise<RescheduleResult>;
  /** Cancels an appointment; twice does no harm. */
  readonly cancel: (appointmentId: string, options?: StatusOptions) => Promise<StatusResult>;
  /** Sets the status, e.g. to `showed` or `noshow`, and nothing else. */
  readonly setStatus: (appointmentId: string, status: AppointmentStatus, options?: StatusOptions) => Promise<StatusResult>;
  /** `undefined` when there is none, or when it was removed. */
  readonly get: (appointmentId: string) => Promise<Appointment | undefined>;
  readonly notes: (appointmentId: string) => AsyncIterableIterator<GetNote>;
  /** Adds a note at most once per key. */
  readonly addNote: (note: NewNote) => Promise<NoteResult>;
  readonly availability: Availability;
}

/** Makes the booking of one location. @throws GhlError `invalid_request` for numbers that are none. */
export function createBooking(location: BookingClient, options: BookingOptions): LocationBooking {
  const { clock = systemClock, settleMs = 60_000, leaseMs = 30_000, freshSlots = 3, journal, locationId = "" } = options;
  checkNumber("createBooking", "settleMs", settleMs);
  checkNumber("createBooking", "leaseMs", leaseMs, { above: true });
  checkNumber("createBooking", "freshSlots", freshSlots);
  const readCalendar = createCalendarFacts(location, clock);
  const settings = { location, journal, locationId, settleMs, leaseMs, freshSlots, clock, readCalendar };
  return {
    slots: (query) => listSlots(query, settings),
    book: (booking) => bookSlot(booking, settings),
    reschedule: (change) => rescheduleAppointment(change, settings),
    cancel: (appointmentId, given = {}) => changeStatus(appointmentId, "cancelled", given, settings),
    setStatus: (appointmentId, status, given = {}) => changeStatus(appointmentId, status, given, settings),
    get: (appointmentId) => readAppointment(appointmentId, settings),
    notes: (appointmentId) => listNotes(appointmentId, settings),
    addNote: (note) => addNote(note, settings),
    availability: {
      read: (calendarId) => readOpeningHours(location, calendarId),
      change: (calendarId, change) => changeOpeningHours(location, calendarId, change),
      block: (block) => blockTime(block, settings),
      blocks: (query) => listBlocks(query, settings),
      unblock: (blockId) => unblockTime(blockId, settings),
    },
  };
}
