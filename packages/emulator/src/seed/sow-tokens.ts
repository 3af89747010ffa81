import type { TokenRegistry } from "../auth/token-registry.ts";
import type { Seed } from "./seed.ts";

/** Makes the seeded private tokens valid. `allScopes` are those of the contract: from them the read-only ones are taken. */
export function sowTokens(seed: Seed, registry: TokenRegistry, allScopes: () => readonly string[]): void {
  const { companyId, locationId, secondLocationId, tokens } = seed;
  const location = { level: "location", companyId, locationId } as const;
  registry.add(tokens.location, { ...location, kind: "private", app: "pit-location", scopes: "all" });
  registry.add(tokens.agency, { level: "company", companyId, kind: "private", app: "pit-agency", scopes: "all" });
  registry.add(tokens.secondLocation, { ...location, locationId: secondLocationId, kind: "private", app: "pit-second", scopes: "all" });
  registry.add(tokens.contactsReadonly, { ...location, kind: "private", app: "pit-contacts-readonly", scopes: ["contacts.readonly"] });
  const readonly = { ...location, kind: "private", app: "pit-readonly" } as const;
  registry.add(tokens.readonly, {
    ...readonly,
    get scopes() {
      return allScopes().filter((scope) => scope.endsWith(".readonly"));
    },
  });
}
