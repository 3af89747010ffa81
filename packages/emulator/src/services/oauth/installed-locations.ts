import type { Installation } from "../../oauth/installation.ts";
import { reply, type Answer } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Location } from "../../state/location.ts";
import { queryFlag, queryNumber, queryText, type Call } from "../../call/call.ts";
import { aipError } from "./aip-error.ts";
import { pageTokenOf, readPageToken } from "./page-token.ts";

/** The list of v2, which pages by `skip` and `limit`. Without `isInstalled` it has every location of the company. */
export function listInstalledLocationsV2(call: Call): Answer {
  if (!isOwnApp(call)) throw badRequest("App not found");
  const found = findLocations(call);
  const skip = queryNumber(call, "skip", 0);
  const locations = found.slice(skip, skip + queryNumber(call, "limit", 20));
  return reply(200, { locations, count: found.length, installToFutureLocations: installsToFuture(call) });
}

/** The current list, which pages by opaque tokens and complains in its own form. */
export function listInstalledLocations(call: Call): Answer {
  if (!isOwnApp(call)) throw aipError(404, "RESOURCE_NOT_FOUND", "App not found");
  const pageSize = queryNumber(call, "pageSize", 20);
  if (!Number.isInteger(pageSize) || pageSize < 1) throw aipError(400, "INVALID_ARGUMENT", "pageSize must be between 1 and 100");
  const skip = readPageToken(queryText(call, "pageToken"));
  const found = findLocations(call);
  const items = found.slice(skip, skip + pageSize);
  const hasNextPage = skip + items.length < found.length;
  const pagination = {
    hasNextPage,
    hasPrevPage: skip > 0,
    currentPageSize: items.length,
    ...(hasNextPage && { nextPageToken: pageTokenOf(skip + pageSize) }),
    ...(skip > 0 && { prevPageToken: pageTokenOf(Math.max(0, skip - pageSize)) }),
    totalRecords: found.length,
  };
  const metadata = { filterApplied: filtersOf(call), sortApplied: {} };
  return reply(200, { items, pagination, metadata, installToFutureLocations: installsToFuture(call) });
}

function isOwnApp(call: Call): boolean {
  return queryText(call, "appId") === call.world.oauth.app.id;
}

function installsToFuture({ world, credential }: Call): boolean {
  return world.oauth.installations.get(credential?.companyId ?? "")?.installToFutureLocations ?? false;
}

const filterNames = ["query", "isInstalled", "versionId", "onTrial", "planId", "locationId", "restrictToUserLocations"] as const;

function filtersOf(call: Call): Record<string, unknown> {
  return Object.fromEntries(filterNames.filter((name) => queryText(call, name) !== undefined).map((name) => [name, call.query[name]]));
}

function findLocations(call: Call): readonly Record<string, unknown>[] {
  const { state, oauth } = call.world;
  const isInstalled = queryFlag(call, "isInstalled");
  return state.locations
    .group(call.credential?.companyId ?? "")
    .filter((location) => isInstalled === undefined || isInstalled === (oauth.installations.get(location.id) !== undefined))
    .filter(locationFilter(call))
    .map((location) => installedLocation(call, location));
}

function locationFilter(call: Call): (location: Location) => boolean {
  const { state, oauth } = call.world;
  const query = queryText(call, "query")?.toLowerCase();
  const locationId = queryText(call, "locationId");
  const versionId = queryText(call, "versionId");
  const planId = queryText(call, "planId");
  const onTrial = queryFlag(call, "onTrial");
  const installer = oauth.installations.get(call.credential?.companyId ?? "")?.userId ?? "";
  const own = queryFlag(call, "restrictToUserLocations") === true ? state.users.get(installer)?.locationIds : undefined;
  return ({ id, name }) => {
    const installation = oauth.installations.get(id);
    return (
      (query === undefined || name.toLowerCase().includes(query)) &&
      (locationId === undefined || id === locationId) &&
      (versionId === undefined || installation?.versionId === versionId) &&
      (planId === undefined || installation?.planId === planId) &&
      (onTrial === undefined || onTrial === isOnTrial(call, installation)) &&
      (own === undefined || own.includes(id))
    );
  };
}

function isOnTrial({ world }: Call, installation: Installation | undefined): boolean {
  const { trialDays = 0 } = world.oauth.app;
  return installation !== undefined && world.clock.now() < Date.parse(installation.installedAt) + trialDays * 86_400_000;
}

function installedLocation({ world }: Call, { id, name, details }: Location): Record<string, unknown> {
  const installation = world.oauth.installations.get(id);
  return {
    _id: id,
    name,
    address: typeof details["address"] === "string" ? details["address"] : "",
    isInstalled: installation !== undefined,
    ...(installation !== undefined && { versionId: installation.versionId, installedAt: installation.installedAt }),
  };
}
