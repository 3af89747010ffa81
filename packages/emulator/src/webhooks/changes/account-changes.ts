import { isDeepStrictEqual } from "node:util";
import type { Business } from "../../state/automation.ts";
import type { Location } from "../../state/location.ts";
import type { User } from "../../state/user.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../platform-event.ts";

/** Events of a location. A new one is sent to apps of the agency: it cannot have the app yet. */
export function locationChanges(before: Location | undefined, after: Location | undefined): readonly PlatformEvent[] {
  if (after === undefined || isDeepStrictEqual(before, after)) return [];
  const { id, name, companyId, details } = after;
  const fields: EventFields<"LocationCreate"> = { id, name, ...(typeof details["email"] === "string" && { email: details["email"] }) };
  return before === undefined
    ? [platformEvent("LocationCreate", { companyId }, fields)]
    : [platformEvent("LocationUpdate", { locationId: id, companyId, audience: [id, companyId] }, fields)];
}

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

/** Businesses are sent as records. */
export function businessChanges(before: Business | undefined, after: Business | undefined): readonly PlatformEvent[] {
  const business = after ?? before;
  if (business === undefined) return [];
  const { id, locationId, name, details } = business;
  const kind = before === undefined ? "RecordCreate" : after === undefined ? "RecordDelete" : "RecordUpdate";
  const texts = Object.entries({ name, ...details }).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const properties = texts.map(([key, valueString]) => ({ key, valueString }));
  return [platformEvent(kind, { locationId }, { id, owners: [], followers: [], properties })];
}
