import type { Principal } from "@ghlkit/core";
import type { InstallationFacts, StoredInstallation } from "@ghlkit/storage";
import { inParallel } from "../token/in-parallel.ts";
import type { InstallationParts } from "./installation-parts.ts";

export interface Uninstall {
  readonly reason: string;
  readonly facts?: InstallationFacts;
  /**
   * Judges what stands there at the moment of the write: `false` where it was installed anew since the uninstall.
   * @default always
   */
  readonly when?: (before: StoredInstallation | undefined) => boolean;
}

/** Store writes at a time: engines commit them together. */
const concurrency = 16;

/**
 * Leaves a tombstone and removes the tokens, in this order: a process that mints meanwhile sees the tombstone after its write and
 * takes the token back. A company takes its locations along.
 */
export async function markUninstalled(
  parts: InstallationParts,
  principal: Principal,
  { reason, facts = {}, when }: Uninstall,
): Promise<StoredInstallation | undefined> {
  const { app, store, tokenStore, clock, emit, change } = parts;
  const what = {
    change: "uninstall",
    reason,
    facts,
    parked: [],
    uninstalledAt: clock.now(),
    ...(when === undefined ? {} : { when }),
  } as const;
  const { installation, changed } = await change(principal, what);
  if (!changed) return installation;
  await removePair(parts, principal);
  emit({ type: "uninstalled", principal });
  if (principal.kind !== "company") return installation;
  const ofCompany = { app: app.clientId, kind: "location", companyId: principal.resource } as const;
  // A new consent of the company in the meantime is the newer word on its locations.
  const isOff = async (): Promise<boolean> => (await store.get(principal))?.state === "uninstalled";
  await inParallel(store.list(ofCompany), { concurrency }, async (location) => {
    if (location.state === "uninstalled" || !(await isOff())) return;
    const isAsListed = (before: StoredInstallation | undefined): boolean =>
      before?.version === location.version || before?.installedAt === location.installedAt;
    await markUninstalled(parts, location.principal, { reason, when: isAsListed });
  });
  // Tokens of locations without an installation of their own.
  await inParallel(tokenStore.list(ofCompany), { concurrency }, async (pair) => {
    if ((await store.get(pair.principal)) === undefined && (await isOff()))
      await parts.tokens.forget(pair.principal, { expectedVersion: pair.version });
    else await removePair(parts, pair.principal);
  });
  return installation;
}

/**
 * Removes the pair of an installation as long as that is uninstalled. A consent writes its pair before it makes the installation active and
 * once more after that: the version read here, before the state is looked at, is then no longer the one that stands there.
 */
async function removePair({ store, tokenStore, tokens }: InstallationParts, principal: Principal): Promise<void> {
  tokens.invalidate(principal);
  for (let turn = 0; turn < 20; turn += 1) {
    const pair = await tokenStore.get(principal);
    if (pair === undefined || (await store.get(principal))?.state !== "uninstalled") return;
    await tokens.forget(principal, { expectedVersion: pair.version });
  }
}
