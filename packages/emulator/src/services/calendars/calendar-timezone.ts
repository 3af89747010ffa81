import type { Calendar } from "../../state/calendar.ts";
import type { World } from "../../world.ts";

/** A calendar is in the zone of its location. */
export function timezoneOf({ locationId }: Pick<Calendar, "locationId">, world: World): string {
  return world.state.locations.get(locationId)?.timezone ?? "UTC";
}
