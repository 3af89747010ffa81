import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { describe, expect, it } from "vitest";
import { createHealth, createHealthRoute, inspectAccounts, type Account } from "../../src/health.ts";
import { createGhl } from "../../src/index.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";
const dayMs = 86_400_000;

/** An app on an emulator, installed on one location by a grant of its own. */
async function installed() {
  const clock = createManualClock(Date.now());
  const emulator = createEmulator({ clock });
  const { app, locationId, companyId } = emulator.seed;
  const storage = createMemoryStorage({ clock });
  const ghl = createGhl({
    oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri },
    storage,
    clock,
    baseUrl: "http://127.0.0.1",
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  const consent = async (): Promise<void> => {
    const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
    await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
    await ghl.auth.installations.settled();
  };
  await consent();
  const accounts = async (): Promise<readonly Account[]> => {
    const all: Account[] = [];
    for await (const account of inspectAccounts(storage, { now: clock.now() })) all.push(account);
    return all;
  };
  return { clock, emulator, storage, ghl, consent, accounts, locationId, companyId, clientId: app.clientId };
}

describe("inspectAccounts", () => {
  it("joins token pairs and installations, and names nothing to do where all is well", async () => {
    const { accounts, locationId, ghl } = await installed();
    await ghl.location(locationId).locations.get();
    const all = await accounts();
    expect(all[0]).toMatchObject({ principal: { kind: "company" }, action: "none", isMinted: false, renewedAt: expect.any(Number) });
    const location = all.find(({ principal }) => principal.resource === locationId);
    expect(location).toMatchObject({ state: "active", action: "none", isMinted: true, companyId: all[0]?.principal.resource });
    // The bulk install reached the other location as well; its token is minted when it is first needed.
    const others = all.slice(1).filter((account) => account !== location);
    expect(others.map(({ state, renewedAt }) => [state, renewedAt])).toEqual([["active", undefined]]);
    expect(JSON.stringify(all)).not.toMatch(/accessToken|refreshToken|eyJ/);
  });

  it("names a dead grant until a person has consented again", async () => {
    const { clock, emulator, ghl, accounts, consent, companyId, locationId, storage } = await installed();
    const health = createHealth({ ghl, storage, clock });
    emulator.oauth.expire({ companyId }, "both");
    await ghl
      .company(companyId)
      .locations.search({})
      .catch(() => undefined);
    expect((await accounts()).map(({ principal, action }) => [principal.kind, action])).toContainEqual(["company", "reconnect"]);
    expect((await health()).checks.accounts).toMatchObject({ status: "degraded", values: { needsReconnect: 1 } });
    const shown = await (await createHealthRoute(health)(new Request("https://app.example/health"))).text();
    for (const id of [companyId, locationId]) expect(shown).not.toContain(id);
    await consent();
    await clock.advance(60_000);
    expect((await health()).checks.accounts).toMatchObject({ status: "ok", values: { needsReconnect: 0 } });
  });

  it("names a refresh without an outcome, once its process cannot be at it any more", async () => {
    const { clock, accounts, storage, companyId, clientId } = await installed();
    const principal = { app: clientId, kind: "company" as const, resource: companyId };
    const { version = 0 } = (await storage.tokens.get(principal)) ?? {};
    await storage.tokens.recordIntent(principal, { refreshTokenFingerprint: "f", owner: "gone", attempt: 1 }, { expectedVersion: version });
    expect((await accounts())[0]).toMatchObject({ action: "none" });
    await clock.advance(60_001);
    expect((await accounts())[0]).toMatchObject({ action: "look_after_refresh", stuckSince: clock.now() - 60_001 });
  });

  it("names a refresh token that ends soon, and one that has ended", async () => {
    const { clock, accounts } = await installed();
    await clock.advance(336 * dayMs);
    expect((await accounts())[0]).toMatchObject({ action: "renew", reason: expect.stringMatching(/^the refresh token ends in 2\d days$/) });
    await clock.advance(30 * dayMs);
    expect((await accounts())[0]).toMatchObject({ action: "reconnect", reason: "the refresh token has ended" });
  });

  it("leaves out what is uninstalled, and reads the apps of a storage apart", async () => {
    const { emulator, ghl, accounts, storage, clock, locationId, companyId } = await installed();
    emulator.oauth.uninstall({ locationId, companyId });
    await ghl.auth.installations.apply({ type: "UNINSTALL", locationId, companyId });
    expect((await accounts()).map(({ principal }) => principal.resource)).not.toContain(locationId);
    const other: Account[] = [];
    for await (const account of inspectAccounts(storage, { now: clock.now(), app: "another" })) other.push(account);
    expect(other).toEqual([]);
  });
});
