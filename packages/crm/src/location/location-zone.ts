import type { LocationClient } from "@ghlkit/client";
import { isGhlError } from "@ghlkit/core";

/** IANA name of a location's time zone, which is that of its calendars. Without the scope for locations it is UTC: right, but not as people there read times. */
export async function locationZone({ locations }: Pick<LocationClient, "locations">): Promise<string> {
  try {
    return (await locations.get()).location.timezone ?? "UTC";
  } catch (error) {
    if (isGhlError(error, "scope_missing") || isGhlError(error, "token_kind")) return "UTC";
    throw error;
  }
}
