import { activateLocation } from "./activate-location.ts";
import { companyOf, locationOf, type InstallationParts } from "./installation-parts.ts";
import { installedLocations } from "./installed-locations.ts";
import { markUninstalled } from "./mark-uninstalled.ts";

/** Options of a comparison with the platform's list of installed locations. */
export interface ReconcileOptions {
  /** What became active this recently is not taken for uninstalled: the platform's list may lag. Ms; default 600,000. */
  readonly graceMs?: number;
}

/** What a comparison with the platform's list found. */
export interface ReconcileReport {
  /** Ids of locations that are active now and were not before. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Makes every location active that the platform lists as installed; the ids it lists come back. */
export async function addListed(
  parts: InstallationParts,
  companyId: string,
): Promise<{ readonly listed: ReadonlySet<string>; readonly added: readonly string[] }> {
  const startedAt = parts.clock.now();
  const listed = new Set<string>();
  const added: string[] = [];
  for await (const location of installedLocations(parts, companyOf(parts, companyId))) {
    listed.add(location);
    const known = await parts.store.get(locationOf(parts, location));
    if (known?.state === "active" && known.companyId === companyId) continue;
    // Uninstalled while the list was on its way.
    if (known?.state === "uninstalled" && known.stateSince >= startedAt) continue;
    if (await activateLocation(parts, location, { companyId, installedAt: parts.clock.now() })) added.push(location);
  }
  return { listed, added };
}

/** Compares with the platform's list: adds what is missing, marks what is gone. */
export async function reconcile(
  parts: InstallationParts,
  companyId: string,
  { graceMs = 600_000 }: ReconcileOptions,
): Promise<ReconcileReport> {
  const settledBefore = parts.clock.now() - graceMs;
  const { listed, added } = await addListed(parts, companyId);
  const removed: string[] = [];
  const known = parts.store.list({ app: parts.app.clientId, kind: "location", companyId });
  for await (const { principal, state, stateSince } of known) {
    if (listed.has(principal.resource) || state === "uninstalled" || state === "pending" || stateSince > settledBefore) continue;
    const reason = "It is no longer in the platform's list of installed locations.";
    await markUninstalled(parts, principal, { reason, when: (before) => before?.stateSince === stateSince });
    removed.push(principal.resource);
  }
  return { added, removed };
}
