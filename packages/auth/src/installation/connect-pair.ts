import type { InstallationFacts, StoredInstallation, TokenRecord } from "@ghlkit/storage";
import { eachOf, inParallel } from "../token/in-parallel.ts";
import { activateLocation } from "./activate-location.ts";
import type { InstallationParts } from "./installation-parts.ts";

/** Store writes at a time: engines commit them together. */
const concurrency = 16;

/**
 * Takes the pair of a code exchange: stores it, makes its installation active, and with a company's those of its locations
 * that the answer approves or that an INSTALL told of before.
 */
export async function connectPair(parts: InstallationParts, pair: TokenRecord): Promise<StoredInstallation | undefined> {
  const { app, store, tokens, clock, emit, change } = parts;
  const { principal, companyId } = pair;
  await tokens.adopt(pair);
  const facts = factsOf(pair);
  await change(principal, { change: "token", companyId, facts, parked: [], installedAt: clock.now() });
  await keepPair(parts, pair);
  emit({ type: "installed", principal });
  if (principal.kind === "company") {
    const installedAt = clock.now();
    const activate = async (location: string): Promise<void> =>
      void (await activateLocation(parts, location, { companyId: principal.resource, installedAt }));
    await inParallel(eachOf(facts.approvedLocations ?? []), { concurrency }, activate);
    const waiting = store.list({ app: app.clientId, kind: "location", state: "pending", companyId: principal.resource });
    await inParallel(waiting, { concurrency }, (one) => activate(one.principal.resource));
  }
  return store.get(principal);
}

/**
 * A late UNINSTALL of the installation before may have taken the pair in between; from here on it is known to be older. One that came after
 * the consent took it rightly, and takes back what is written again meanwhile.
 */
async function keepPair({ store, tokenStore, tokens }: InstallationParts, pair: TokenRecord): Promise<void> {
  const { principal } = pair;
  const isOff = async (): Promise<boolean> => (await store.get(principal))?.state === "uninstalled";
  if ((await tokenStore.get(principal).catch(() => pair)) !== undefined || (await isOff())) return;
  await tokens.adopt(pair);
  if ((await isOff()) && (await tokenStore.get(principal))?.accessToken === pair.accessToken) await tokens.forget(principal);
}

function factsOf({ scopes, extra }: TokenRecord): InstallationFacts {
  const { isBulkInstallation, refreshTokenId: _id, traceId: _trace, approvedLocations, ...rest } = extra;
  return {
    ...rest,
    scopes,
    ...(typeof isBulkInstallation === "boolean" ? { isBulk: isBulkInstallation } : {}),
    ...(Array.isArray(approvedLocations) ? { approvedLocations: approvedLocations.filter((id) => typeof id === "string") } : {}),
  };
}
