import type { Calendar, CalendarUpdate } from "@ghlkit/contract/types/calendars";

/**
 * What an update of a calendar takes, and a read shows. The update replaces the calendar, and refuses what else a read shows, such as `locationId` and
 * `teamMembers[].primary`.
 */
const updatable = [
  "groupId",
  "eventType",
  "name",
  "description",
  "slug",
  "widgetSlug",
  "widgetType",
  "eventTitle",
  "eventColor",
  "locationConfigurations",
  "slotDuration",
  "slotDurationUnit",
  "preBufferUnit",
  "slotInterval",
  "slotIntervalUnit",
  "slotBuffer",
  "preBuffer",
  "appoinmentPerSlot",
  "appoinmentPerDay",
  "allowBookingAfter",
  "allowBookingAfterUnit",
  "allowBookingFor",
  "allowBookingForUnit",
  "openHours",
  "enableRecurring",
  "recurring",
  "formId",
  "stickyContact",
  "isLivePaymentMode",
  "autoConfirm",
  "shouldSendAlertEmailsToAssignedMember",
  "alertEmail",
  "googleInvitationEmails",
  "allowReschedule",
  "allowCancellation",
  "shouldAssignContactToTeamMember",
  "shouldSkipAssigningContactForExisting",
  "notes",
  "pixelId",
  "formSubmitType",
  "formSubmitRedirectURL",
  "formSubmitThanksMessage",
  "availabilityType",
  "availabilities",
  "guestType",
  "consentLabel",
  "calendarCoverImage",
  "lookBusyConfig",
  "isActive",
] as const satisfies readonly (keyof CalendarUpdate)[];

const memberFields = ["userId", "priority", "isPrimary", "locationConfigurations"] as const;

/** A calendar as an update takes it, so that what is not changed stays. */
export function calendarBody(calendar: Calendar): CalendarUpdate {
  const { teamMembers } = calendar;
  return {
    ...pick(calendar, updatable),
    ...(teamMembers !== undefined && { teamMembers: teamMembers.map((member) => pick(member, memberFields)) }),
  } as CalendarUpdate;
}

function pick(record: object, names: readonly string[]): Record<string, unknown> {
  const fields = record as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined || fields[name] === null ? [] : [[name, fields[name]]])));
}
