import { describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";
import { tokenEndpoint } from "../token-endpoint.ts";

const start = (options: Parameters<typeof createTestClient>[0] = {}) => {
  const client = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) }, ...options });
  const { oauth, seed } = client.emulator;
  const read = async (token: string, locationId = seed.locationId) => client.call("GET", `/locations/${locationId}`, { token });
  return { ...client, ...tokenEndpoint(client), oauth, seed, read };
};

describe("installations from code", () => {
  test("a bulk install of 300 locations, 20 more later, each with its event", async () => {
    const { oauth, seed, emulator, call } = start();
    oauth.uninstall({ companyId: seed.companyId });
    const locations = oauth.addLocations(300);
    const before = emulator.lifecycleEvents().length;
    oauth.install({ locations, installToFutureLocations: true, scopes: ["oauth.write", "locations.readonly"] });
    const events = emulator.lifecycleEvents().slice(before);
    expect(events).toHaveLength(301);
    expect(events[0]).toMatchObject({ type: "INSTALL", installType: "Company", companyId: seed.companyId, appId: seed.app.id });
    expect(events[0]).not.toHaveProperty("locationId");
    expect(events[1]).toMatchObject({ type: "INSTALL", installType: "Location", locationId: locations[0], companyId: seed.companyId });
    oauth.addLocations(19);
    const created = await call("POST", "/locations/", { body: { name: "Late", companyId: seed.companyId }, token: seed.tokens.agency });
    const late = emulator.lifecycleEvents().slice(before + 301);
    expect(late).toHaveLength(20);
    expect(late[19]).toMatchObject({ type: "INSTALL", locationId: created.body.id });
    for (const name of ["companyId", "userId"]) expect(late[19]).not.toHaveProperty(name);
    expect(oauth.installations().filter((installation) => installation.locationId !== undefined)).toHaveLength(320);
  });

  test("later installs can name company and user", () => {
    const { oauth, seed, emulator } = start({ futureInstallEvents: "full" });
    oauth.install({ approveAllLocations: true, installToFutureLocations: true });
    oauth.addLocations(1);
    expect(emulator.lifecycleEvents().at(-1)).toMatchObject({ companyId: seed.companyId, userId: seed.users.agencyOwner });
  });

  test("uninstall and reinstall", async () => {
    const { oauth, seed, emulator, refresh, read } = start();
    expect(oauth.uninstall({ locationId: seed.locationId })).toBe(true);
    expect(oauth.uninstall({ locationId: seed.locationId })).toBe(false);
    expect(emulator.lifecycleEvents()).toMatchObject([{ type: "UNINSTALL", locationId: seed.locationId }]);
    expect((await refresh(seed.tokens.appLocationRefresh)).status).toBe(400);
    oauth.install({ userId: seed.users.admin, locations: [seed.locationId] });
    expect((await read(oauth.issueTokens({ locationId: seed.locationId }).accessToken)).status).toBe(200);
    expect((await read(seed.tokens.appLocation)).status).toBe(401);
  });

  test("a suspended location refreshes again with the same token once it is active", async () => {
    const { oauth, seed, refresh, read } = start({ suspendedStatus: 400 });
    oauth.suspend({ locationId: seed.locationId });
    expect(oauth.installations()[1]).toMatchObject({ isSuspended: true, liveRefreshTokens: 1 });
    const message = "Location is not active";
    expect(await refresh(seed.tokens.appLocationRefresh)).toMatchObject({ status: 400, body: { statusCode: 400, message } });
    expect(await read(seed.tokens.appLocation)).toMatchObject({ status: 400, body: { message } });
    oauth.reactivate({ locationId: seed.locationId });
    expect((await refresh(seed.tokens.appLocationRefresh)).status).toBe(200);
  });

  test("a suspended company takes its locations with it", async () => {
    const { oauth, seed, refresh, read } = start();
    oauth.suspend({ companyId: seed.companyId });
    expect((await refresh(seed.tokens.appLocationRefresh)).body.message).toBe("Location is not active");
    expect((await read(seed.tokens.location)).status).toBe(403);
  });

  test("tokens expire and are revoked on demand", async () => {
    const { oauth, seed, refresh, read } = start();
    oauth.expire({ locationId: seed.locationId });
    expect((await read(seed.tokens.appLocation)).body.message).toBe("Invalid JWT");
    const { body } = await refresh(seed.tokens.appLocationRefresh);
    expect((await read(body.accessToken)).status).toBe(200);
    oauth.revoke({ token: body.accessToken });
    expect((await read(body.accessToken)).status).toBe(401);
    oauth.expire(undefined, "refresh");
    expect((await refresh(body.refreshToken)).status).toBe(400);
    oauth.revoke({ token: seed.tokens.location });
    expect((await read(seed.tokens.location)).body.message).toBe("Invalid Private Integration token");
  });

  test("a rotated private token works for seven days more, or no longer", async () => {
    const { oauth, seed, read, emulator } = start();
    const next = oauth.rotatePrivateToken(seed.tokens.location);
    expect(next).toMatch(/^pit-[0-9a-f-]{36}$/);
    expect([(await read(seed.tokens.location)).status, (await read(next)).status]).toEqual([200, 200]);
    emulator.clock.advance(7 * 86_400_000);
    expect([(await read(seed.tokens.location)).body.message, (await read(next)).status]).toEqual([
      "Invalid Private Integration token",
      200,
    ]);
    const last = oauth.rotatePrivateToken(next, { expireNow: true });
    expect([(await read(next)).status, (await read(last)).status]).toEqual([401, 200]);
    expect(() => oauth.rotatePrivateToken("pit-unknown")).toThrow("no private integration token");
  });

  test("a rotation can be taken back as long as both tokens live", async () => {
    const { oauth, seed, read, emulator } = start();
    const old = seed.tokens.location;
    const next = oauth.rotatePrivateToken(old);
    expect(oauth.cancelPrivateTokenRotation(next)).toBe(old);
    emulator.clock.advance(8 * 86_400_000);
    expect([(await read(old)).status, (await read(next)).status]).toEqual([200, 401]);
    const late = oauth.rotatePrivateToken(old);
    emulator.clock.advance(7 * 86_400_000);
    for (const token of [late, old, next]) expect(() => oauth.cancelPrivateTokenRotation(token)).toThrow("no rotation to cancel");
    const final = oauth.rotatePrivateToken(late, { expireNow: true });
    expect(() => oauth.cancelPrivateTokenRotation(final)).toThrow("no rotation to cancel");
  });

  test("a trial is part of the INSTALL event", () => {
    const { oauth, seed, emulator } = start({ app: { trialDays: 14 } });
    oauth.install({ userId: seed.users.admin, locations: [seed.locationId] });
    expect(emulator.lifecycleEvents().at(-1)).toMatchObject({ type: "INSTALL", trial: { onTrial: true, trialDuration: 14 } });
  });

  test("plans and versions change with an event, which listeners receive", () => {
    const { oauth, seed, emulator } = start({ app: { planId: "free" } });
    const received: string[] = [];
    const leave = oauth.onLifecycleEvent((event) => void received.push(event.type));
    oauth.changePlan({ locationId: seed.locationId }, "pro");
    oauth.updateVersion({ companyId: seed.companyId }, "v-2");
    leave();
    oauth.uninstall({ locationId: seed.secondLocationId });
    expect(received).toEqual(["PLAN_CHANGE", "UPDATE"]);
    expect(emulator.lifecycleEvents()).toMatchObject([
      { type: "PLAN_CHANGE", locationId: seed.locationId, currentPlanId: "free", newPlanId: "pro", userId: seed.users.agencyOwner },
      { type: "UPDATE", versionId: "v-2", previousVersionId: seed.app.versionId, webhookId: expect.any(String) },
      { type: "UNINSTALL" },
    ]);
    emulator.reset();
    expect(emulator.lifecycleEvents()).toEqual([]);
  });

  test("the token log distinguishes issued from reused", async () => {
    const { oauth, seed, refresh } = start();
    await refresh(seed.tokens.appLocationRefresh);
    await refresh(seed.tokens.appLocationRefresh);
    await refresh("unknown");
    expect(oauth.tokenRequests()).toMatchObject([
      { grant: "refresh_token", outcome: "issued", locationId: seed.locationId },
      { outcome: "reused", message: "Invalid grant: refresh token is invalid" },
      { outcome: "refused" },
    ]);
  });
});
