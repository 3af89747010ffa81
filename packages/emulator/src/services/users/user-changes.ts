import { isDeepStrictEqual } from "node:util";
import type { User } from "../../state/user.ts";
import { platformEvent, type PlatformEvent } from "../../webhooks/platform-event.ts";

/** Events of a user, sent where the app is on one of the user's locations, or on the company for users without one. */
export function userChanges(before: User | undefined, after: User | undefined): readonly PlatformEvent[] {
  const user = after ?? before;
  if (user === undefined || isDeepStrictEqual(before, after)) return [];
  const { id, firstName, lastName, email, phone, extension, role, permissions, locationIds, companyId } = user;
  const [locationId] = locationIds;
  const about = {
    companyId,
    ...(locationId !== undefined && { locationId }),
    audience: locationIds.length > 0 ? locationIds : [companyId],
  };
  if (after === undefined) return [platformEvent("UserDelete", about, { id })];
  const fields = { id, firstName, lastName, email, phone, extension, role, permissions, locations: [...locationIds] };
  return [platformEvent(before === undefined ? "UserCreate" : "UserUpdate", about, fields)];
}
