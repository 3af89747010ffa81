import { resolveSwitches, type SwitchTable } from "./switch-table.ts";

/** What sources answer differently, or not at all, about calendars and appointments. */
export interface CalendarOptions {
  /** A time of an appointment without an offset: 422, or wall time of the calendar's zone. @default "refuse" */
  readonly timesWithoutOffset?: "refuse" | "calendar";
  /**
   * Start and end of an appointment in different forms. `same`: `Z` beside an offset answers 400, as one integrator saw. `seconds`: so do
   * milliseconds. @default "same"
   */
  readonly timeForms?: "same" | "seconds" | "any";
  /** An update of an appointment that leaves out its status sets it to `confirmed`, or keeps it. @default "reset" */
  readonly statusOnUpdate?: "reset" | "keep";
  /** Which updates of appointments check the slot again: those that take another, all, or none. @default "moved" */
  readonly updateChecks?: "moved" | "always" | "never";
  /** Statuses with which an appointment leaves its slot to others. @default "cancelled" */
  readonly freeingStatuses?: "cancelled" | "cancelled-invalid" | "cancelled-invalid-noshow";
  /** Days without free slots are left out, or are there with no slots. @default "absent" */
  readonly daysWithoutSlots?: "absent" | "empty";
  /** What an update of a calendar leaves out gets its default again, or stays. @default "replace" */
  readonly calendarUpdate?: "replace" | "merge";
}

/** Every switch with its value. */
export type CalendarChoices = Readonly<Required<CalendarOptions>>;

/** The switches by name. */
export const calendarSwitches: SwitchTable<CalendarChoices> = {
  timesWithoutOffset: { values: ["refuse", "calendar"], evidence: "inferred" },
  timeForms: { values: ["same", "seconds", "any"], evidence: "reported" },
  statusOnUpdate: { values: ["reset", "keep"], evidence: "reported" },
  updateChecks: { values: ["moved", "always", "never"], evidence: "inferred" },
  freeingStatuses: { values: ["cancelled", "cancelled-invalid", "cancelled-invalid-noshow"], evidence: "inferred" },
  daysWithoutSlots: { values: ["absent", "empty"], evidence: "reported" },
  calendarUpdate: { values: ["replace", "merge"], evidence: "reported" },
};

/** Defaults, and what was chosen. @throws BoundsError for a switch or a value that there is not */
export function resolveCalendars(chosen: CalendarOptions = {}): CalendarChoices {
  return resolveSwitches("calendars", calendarSwitches, chosen);
}
