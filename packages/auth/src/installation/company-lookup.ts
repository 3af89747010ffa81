import type { Principal } from "@ghlkit/core";
import type { CompanyLookup, LiveToken } from "../token/mint-token.ts";
import { findCompany, type CompanySearch } from "./find-company.ts";
import type { InstallationParts } from "./installation-parts.ts";

export interface CompanyLookupOptions extends Omit<CompanySearch, "tokens"> {
  readonly change: InstallationParts["change"];
}

/** The company of a location from whose pair its token is minted: the stored one, else the one that is found, which is then stored. */
export function createCompanyLookup({ change, ...search }: CompanyLookupOptions): CompanyLookup {
  return async (location: Principal, liveToken: LiveToken) => {
    const known = await search.store.get(location);
    if (known?.state === "uninstalled") return undefined;
    if (known === undefined || known.companyId !== undefined) return known?.companyId;
    const companyId = await findCompany({ ...search, tokens: { liveToken } }, location);
    if (companyId !== undefined) await change(location, { change: undefined, companyId });
    return companyId;
  };
}
