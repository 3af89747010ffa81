// Booking in a location
export { createBooking, type Availability, type BookingOptions, type LocationBooking } from "./create-booking.ts";
export type { BookingClient } from "./booking-client.ts";

// Slots
export type { Slot, SlotQuery, WantedSlot } from "./slot.ts";
export type { Instant } from "../time/instant.ts";

// Appointments
export type { Appointment, AppointmentStatus } from "./appointment.ts";
export type { Booking } from "./booking.ts";
export type { Reschedule } from "./reschedule-appointment.ts";
export type { StatusOptions } from "./change-status.ts";
export type { BookResult, Refused, RescheduleResult, StatusResult, Taken, Unknown } from "./booking-result.ts";
export type { NewNote, NoteResult } from "./appointment-notes.ts";

// Opening hours and blocks
export type { HoursOfDay, OpeningHours, OpeningHoursChange, Weekday } from "./opening-hours.ts";
export type { UnblockResult } from "./unblock-time.ts";
export type { BlockedTime, BlockResult, BlockTarget, NewBlock } from "./blocked-time.ts";
