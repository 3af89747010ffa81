import { installOnFutureLocation } from "../../oauth/install.ts";
import { uninstall } from "../../oauth/uninstall.ts";
import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Location, LocationSettings } from "../../state/location.ts";
import { nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { locationPermissions, noProfiles } from "../../state/location-parts.ts";
import { accountSettings } from "../../state/new-location.ts";
import type { SwitchValues } from "../../switches/switch-options.ts";
import { locationChange, locationListItem, locationView } from "./location-view.ts";
import { timezones } from "./timezones.ts";

const defaultSettings: LocationSettings = {
  allowDuplicateContact: false,
  allowDuplicateOpportunity: false,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
  contactUniqueIdentifiers: ["email", "phone"],
  ...accountSettings,
};

/** Locations themselves. */
export const locationHandlers: Handlers = {
  "locations.get": (call) => reply(200, { location: locationView(requireLocation(call)) }),

  "locations.search": (call) => {
    const { credential, world } = call;
    const email = queryText(call, "email");
    const isDescending = queryText(call, "order") === "desc";
    const found = world.state.locations
      .group(credential?.companyId ?? world.seed.companyId)
      .filter((location) => credential?.level !== "location" || location.id === credential.locationId)
      .filter((location) => email === undefined || location.details["email"] === email)
      .toSorted((a, b) => (isDescending ? -1 : 1) * (a.dateAdded < b.dateAdded ? -1 : a.dateAdded > b.dateAdded ? 1 : 0));
    const skip = queryNumber(call, "skip", 0);
    return reply(200, { locations: found.slice(skip, skip + queryNumber(call, "limit", 10)).map(locationListItem) });
  },

  "locations.create": (call) => {
    const { world } = call;
    const location = world.state.locations.put({
      country: "US",
      timezone: "America/New_York",
      social: noProfiles,
      permissions: locationPermissions,
      ...readLocation(call, { ...defaultSettings, ...duplicatesOf(world.options) }, {}),
      name: String(call.body["name"]),
      id: world.ids.record(),
      companyId: String(call.body["companyId"]),
      dateAdded: nowIso(call),
    });
    installOnFutureLocation(world, location.id, location.companyId);
    return reply(200, locationChange(location));
  },

  "locations.update": (call) => {
    const before = requireLocation(call);
    const location = call.world.state.locations.put({ ...before, ...readLocation(call, before.settings, before.details) });
    return reply(200, locationChange(location));
  },

  "locations.delete": (call) => {
    const { id, companyId } = requireLocation(call);
    uninstall(call.world, { companyId, locationId: id });
    call.world.state.locations.delete(id);
    return reply(200, { success: true, message: "The location is being deleted." });
  },

  "locations.listTimezones": (call) => {
    requireLocation(call);
    return reply(200, { timeZones: timezones });
  },
};

function duplicatesOf({ allowDuplicates, allowDuplicateOpportunities }: SwitchValues): Partial<LocationSettings> {
  return { allowDuplicateContact: allowDuplicates, allowDuplicateOpportunity: allowDuplicateOpportunities };
}

/** The location that the path names. */
export function requireLocation(call: Call): Location {
  const id = param(call, "locationId");
  const location = call.world.state.locations.get(id);
  if (location === undefined) throw badRequest(`Location with id ${id} not found`);
  return location;
}

const detailFields = ["phone", "email", "address", "city", "state", "postalCode", "website", "firstName", "lastName"] as const;

function readLocation(
  { body }: Call,
  settings: LocationSettings,
  details: Location["details"],
): Pick<Location, "settings" | "details"> & Partial<Pick<Location, "name" | "country" | "timezone" | "social">> {
  const given = Object.fromEntries(detailFields.filter((name) => typeof body[name] === "string").map((name) => [name, body[name]]));
  const prospect = (body["prospectInfo"] ?? {}) as Record<string, unknown>;
  return {
    settings: { ...settings, ...(body["settings"] as Partial<LocationSettings> | undefined) },
    details: { ...details, ...prospect, ...given },
    ...(typeof body["name"] === "string" && { name: body["name"] }),
    ...(typeof body["country"] === "string" && { country: body["country"] }),
    ...(typeof body["timezone"] === "string" && { timezone: body["timezone"] }),
    ...(body["social"] ? { social: body["social"] as Location["social"] } : {}),
  };
}
