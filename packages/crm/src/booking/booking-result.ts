import type { GhlError } from "@ghlkit/core";
import type { Appointment } from "./appointment.ts";
import type { Slot } from "./slot.ts";

/** The slot went to another one meanwhile, or was never free. `freshSlots` start nearest to it. */
export interface Taken {
  readonly outcome: "taken";
  readonly freshSlots: readonly Slot[];
}

/**
 * The platform refused it, and would again. `no_team_member`: the calendar has no team, so that nothing can be booked in it. `not_in_team`: the user is not of
 * the calendar's team. `error` has the platform's words.
 */
export interface Refused {
  readonly outcome: "refused";
  readonly why: "no_team_member" | "not_in_team" | "other";
  readonly error: GhlError;
}

/** It is not known whether it happened. The same call with the same key looks again: do it after that time. */
export interface Unknown {
  readonly outcome: "unknown";
  readonly probeAfterMs: number;
}

/** What became of a booking. */
export type BookResult =
  /** `how`: `now`, `before` (an earlier call with the key booked it), `found` (its answer was lost, and the calendar shows it). */
  { readonly outcome: "booked"; readonly how: "now" | "before" | "found"; readonly appointment: Appointment } | Taken | Refused | Unknown;

/** What became of a change of time. An outage is thrown: the same change may be made again. In every case but `rescheduled` the appointment is where it was. */
export type RescheduleResult =
  /** `before`: how it was. */
  | { readonly outcome: "rescheduled"; readonly appointment: Appointment; readonly before: Appointment }
  /** It is at that time already. */
  | { readonly outcome: "unchanged"; readonly appointment: Appointment }
  /** It was cancelled: book anew. */
  | { readonly outcome: "cancelled"; readonly appointment: Appointment }
  /** It was removed, or never was. */
  | { readonly outcome: "not_found" }
  | Taken
  | Refused;

/** What became of a change of status. An outage is thrown: the same change may be made again. */
export type StatusResult =
  | { readonly outcome: "changed"; readonly appointment: Appointment; readonly before: Appointment }
  | { readonly outcome: "unchanged"; readonly appointment: Appointment }
  | { readonly outcome: "not_found" };
