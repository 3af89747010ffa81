import { recordsIn } from "../../resources/record-store.ts";
import type { Calendar } from "../../state/calendar.ts";
import type { State } from "../../state/state.ts";
import type { Interval } from "./opening-hours.ts";

export const blocks = "/calendars/events/block-slots";

/** Blocks of a calendar and of some of its members. A member's block counts in every calendar of the member. */
export function blockedIntervals({ id, locationId }: Calendar, userIds: readonly string[], state: State): readonly Interval[] {
  return recordsIn(state, { resource: blocks, tenant: locationId, parents: [] })
    .map(({ fields }) => fields)
    .filter((fields) => fields["calendarId"] === id || userIds.includes(String(fields["assignedUserId"])))
    .map((fields) => ({ startMs: Date.parse(String(fields["startTime"])), endMs: Date.parse(String(fields["endTime"])) }));
}
