import type { Business } from "../../state/business.ts";
import { platformEvent, type PlatformEvent } from "../../webhooks/platform-event.ts";

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
