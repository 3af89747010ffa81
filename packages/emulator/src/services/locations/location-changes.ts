import { isDeepStrictEqual } from "node:util";
import type { Location } from "../../state/location.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../../webhooks/platform-event.ts";

/** Events of a location. A new one is sent to apps of the agency: it cannot have the app yet. */
export function locationChanges(before: Location | undefined, after: Location | undefined): readonly PlatformEvent[] {
  if (after === undefined || isDeepStrictEqual(before, after)) return [];
  const { id, name, companyId, details } = after;
  const fields: EventFields<"LocationCreate"> = { id, name, ...(typeof details["email"] === "string" && { email: details["email"] }) };
  return before === undefined
    ? [platformEvent("LocationCreate", { companyId }, fields)]
    : [platformEvent("LocationUpdate", { locationId: id, companyId, audience: [id, companyId] }, fields)];
}
