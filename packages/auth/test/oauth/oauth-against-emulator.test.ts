import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { describe, expect, test } from "vitest";
import { createAuthRoutes, decryptUserContext, oauth, type OAuth } from "../../src/index.ts";
import { callerOf } from "../caller.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

function setup(dialect: "v2" | "v3"): { emulator: Emulator; auth: OAuth } {
  const emulator = createEmulator({ app: { targetUser: "Sub-account", bulk: true }, refreshReuse: "revoke-family" });
  const { clientId, clientSecret } = emulator.seed.app;
  const auth = oauth({
    clientId,
    clientSecret,
    redirectUri,
    dialect,
    baseUrl: "http://127.0.0.1:1",
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  return { emulator, auth };
}

describe.each(["v2", "v3"] as const)("dialect %s", (dialect) => {
  test("bulk install through the routes, reconcile, calls, expiry, uninstall", async () => {
    const { emulator, auth } = setup(dialect);
    const locations = emulator.oauth.addLocations(5);
    const routes = createAuthRoutes({ auth, scopes: ["contacts.readonly"], unsolicitedInstall: "accept" });
    const { redirectTo } = emulator.oauth.authorize({ locations, redirectUri });
    expect((await routes(new Request(redirectTo))).status).toBe(200);
    const companyId = emulator.seed.companyId;
    await auth.installations.reconcile(companyId);
    for (const resource of locations)
      expect(await auth.installations.get({ app: auth.app.clientId, kind: "location", resource })).toMatchObject({ state: "active" });

    const call = callerOf({ credentials: auth, fetch: (url, init) => emulator.fetch(new Request(url, init)) });
    const own = locations[0] ?? "";
    await call({ kind: "location", resource: own }, "locations.get");
    emulator.oauth.expire();
    await Promise.all(locations.map((id) => call({ kind: "location", resource: id }, "locations.get")));
    const requests = emulator.oauth.tokenRequests();
    expect(requests.filter(({ outcome }) => outcome === "reused")).toEqual([]);

    await auth.installations.uninstall({ location: own }, { reason: "left" });
    expect(emulator.oauth.installations().some(({ locationId }) => locationId === own)).toBe(false);
    await expect(call({ kind: "location", resource: own }, "locations.get")).rejects.toMatchObject({
      code: "token_revoked",
      message: /needs_reconnect/,
    });
  });
});

test("the emulator's user context opens", async () => {
  const { emulator } = setup("v3");
  const payload = emulator.userContext({ userId: emulator.seed.users.admin });
  expect(await decryptUserContext(payload, emulator.seed.app.sharedSecret)).toMatchObject({ valid: true });
});
