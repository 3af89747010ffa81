import { recordsIn } from "../../resources/record-store.ts";
import type { Calendar } from "../../state/calendar.ts";
import type { State } from "../../state/state.ts";

export const blocks = "/calendars/events/block-slots";

/** Whether a block of the calendar, or of one of its users, overlaps. */
export function isBlocked({ id, locationId, details }: Calendar, startMs: number, endMs: number, state: State): boolean {
  const members = ((details["teamMembers"] ?? []) as readonly { readonly userId?: string }[]).map(({ userId }) => userId);
  return recordsIn(state, { resource: blocks, tenant: locationId, parents: [] }).some(({ fields }) => {
    const concerns =
      fields["calendarId"] === id || (fields["assignedUserId"] !== undefined && members.includes(String(fields["assignedUserId"])));
    return concerns && Date.parse(String(fields["startTime"])) < endMs && Date.parse(String(fields["endTime"])) > startMs;
  });
}
