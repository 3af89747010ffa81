import type { Principal } from "@ghlkit/core";
import type { InstallationFacts, StoredInstallation } from "@ghlkit/storage";
import { inParallel } from "../token/in-parallel.ts";
import type { InstallationParts } from "./installation-parts.ts";

export interface Uninstall {
  readonly reason: string;
  readonly facts?: InstallationFacts;
}

/**
 * Leaves a tombstone and removes the tokens, in this order: whoever mints meanwhile sees the tombstone after its write and
 * takes the token back. A company takes its locations along.
 */
export async function markUninstalled(
  parts: InstallationParts,
  principal: Principal,
  { reason, facts = {} }: Uninstall,
): Promise<StoredInstallation | undefined> {
  const { app, store, tokenStore, tokens, clock, emit, change } = parts;
  const { installation } = await change(principal, { change: "uninstall", reason, facts, parked: [], uninstalledAt: clock.now() });
  await tokens.forget(principal);
  emit({ type: "uninstalled", principal });
  if (principal.kind !== "company") return installation;
  const ofCompany = { app: app.clientId, kind: "location", companyId: principal.resource } as const;
  const concurrency = 16;
  await inParallel(store.list(ofCompany), { concurrency }, async (location) => {
    if (location.state !== "uninstalled") await markUninstalled(parts, location.principal, { reason });
  });
  // Tokens of locations whose installation was never told.
  await inParallel(tokenStore.list(ofCompany), { concurrency }, (pair) => tokens.forget(pair.principal));
  return installation;
}
