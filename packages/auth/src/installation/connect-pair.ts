import { monotonicNow, sleep, type Clock } from "@ghlkit/core";
import type { InstallationFacts, StoredInstallation, TokenRecord } from "@ghlkit/storage";
import { eachOf, inParallel } from "../token/in-parallel.ts";
import { activateLocation } from "./activate-location.ts";
import type { InstallationParts } from "./installation-parts.ts";

/** Store writes at a time: engines commit them together. */
const concurrency = 16;

/** Ms for which a failing store is asked again: the code of a consent cannot be exchanged twice. */
const storeWithinMs = 3_000;

/**
 * Takes the pair of a code exchange: stores it, makes its installation active, and with a company's those of its locations
 * that the answer approves or that an INSTALL named before.
 * @throws GhlError `storage` when pair or installation could not be stored: no pair is left behind then.
 */
export async function connectPair(parts: InstallationParts, pair: TokenRecord): Promise<StoredInstallation | undefined> {
  const { app, store, tokens, clock, emit, change } = parts;
  const { principal, companyId } = pair;
  const version = await tokens.adopt(pair);
  const facts = factsOf(pair);
  const activation = { change: "token", companyId, facts, parked: [], installedAt: clock.now() } as const;
  try {
    await repeatedly(clock, storeWithinMs, () => change(principal, activation));
  } catch (error) {
    await withdraw(parts, pair);
    throw error;
  }
  await confirmPair(parts, pair, version);
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
 * Writes the pair once more, now that the installation is active. An uninstall of before, which is still at its work, removes only the
 * version it has read while it saw the tombstone; one that has removed the pair already gets it back. An uninstall that came after the
 * consent removes it rightly.
 */
async function confirmPair({ store, tokenStore, tokens }: InstallationParts, pair: TokenRecord, adopted: number): Promise<void> {
  const { principal } = pair;
  const isOff = async (): Promise<boolean> => (await store.get(principal))?.state === "uninstalled";
  let expectedVersion = adopted;
  for (let turn = 0; turn < 20; turn += 1) {
    // A store that fails now leaves what it held: pair and installation are stored.
    const written = await tokenStore.put(pair, { expectedVersion }).catch(() => undefined);
    const current = written?.stored === false ? written.current : pair;
    if (written?.stored === true && expectedVersion === 0 && (await isOff())) {
      await tokens.forget(principal, { expectedVersion: written.version });
      return;
    }
    if (current !== undefined || (await isOff())) return;
    expectedVersion = 0;
  }
}

/** The installation could not be made active: a pair that no installation stands for is not left behind. */
async function withdraw({ store, tokenStore, tokens }: InstallationParts, pair: TokenRecord): Promise<void> {
  const { principal } = pair;
  try {
    if ((await store.get(principal))?.state === "active") return;
    const current = await tokenStore.get(principal);
    if (current?.accessToken === pair.accessToken) await tokens.forget(principal, { expectedVersion: current.version });
  } catch {
    // The store is away; the next consent writes over it.
  }
}

/** Does work again while a store fails, for so long. */
async function repeatedly<Result>(clock: Clock, withinMs: number, work: () => Promise<Result>): Promise<Result> {
  const until = monotonicNow(clock) + withinMs;
  for (let turn = 0; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      if (monotonicNow(clock) >= until) throw error;
    }
    await sleep(Math.min(1_000, 50 * 2 ** turn), undefined, clock);
  }
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
