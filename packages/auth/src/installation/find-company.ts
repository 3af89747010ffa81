import type { Principal } from "@ghlkit/core";
import { inParallel } from "../token/in-parallel.ts";
import { companyOf, type InstallationParts } from "./installation-parts.ts";
import { installedLocations, type LocationList } from "./installed-locations.ts";

/** What a search for the company of a location works with. */
export interface CompanySearch extends LocationList, Pick<InstallationParts, "store"> {}

/**
 * Which of the companies that are connected has the app on a location: each is asked for that location alone, four at a
 * time. `undefined` when none has, or none could be asked.
 */
export async function findCompany(parts: CompanySearch, location: Principal): Promise<string | undefined> {
  const found = new AbortController();
  let companyId: string | undefined;
  const companies = parts.store.list({ app: parts.app.clientId, kind: "company", state: "active" });
  const search = inParallel(companies, { concurrency: 4, signal: found.signal }, async ({ principal }) => {
    if (!(await hasLocation(parts, principal.resource, location.resource).catch(() => false))) return;
    companyId = principal.resource;
    found.abort();
  });
  // The end of the search by its own signal is its success.
  await search.catch((error: unknown) => {
    if (companyId === undefined) throw error;
  });
  return companyId;
}

async function hasLocation(parts: CompanySearch, companyId: string, location: string): Promise<boolean> {
  for await (const id of installedLocations(parts, companyOf(parts, companyId), location)) if (id === location) return true;
  return false;
}
