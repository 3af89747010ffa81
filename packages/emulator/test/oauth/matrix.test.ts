import { describe, expect, test } from "vitest";
import type { AppOptions } from "../../src/index.ts";
import { createTestClient } from "../test-client.ts";
import { tokenEndpoint } from "../token-endpoint.ts";

const redirectUri = "http://127.0.0.1:3000/callback";
const subAccount = "Sub-account";

/** Which token an install yields, by app and installer. */
describe("the distribution matrix", () => {
  test.each<[string, AppOptions, "agencyOwner" | "admin", string, boolean]>([
    ["an agency app", { targetUser: "Agency" }, "agencyOwner", "Company", false],
    ["a sub-account app without bulk, agency user", { targetUser: subAccount, bulk: false }, "agencyOwner", "Location", false],
    ["a sub-account app without bulk, location user", { targetUser: subAccount, bulk: false }, "admin", "Location", false],
    ["a sub-account app with bulk, location user", { targetUser: subAccount, bulk: true }, "admin", "Location", false],
    ["a sub-account app with bulk, agency user", { targetUser: subAccount, bulk: true }, "agencyOwner", "Company", true],
  ])("%s", async (_, app, who, userType, isBulkInstallation) => {
    const client = createTestClient({ app });
    const { oauth, seed } = client.emulator;
    const userId = seed.users[who];
    const { code } = oauth.authorize({ userId, locations: [seed.locationId], scopes: ["contacts.readonly"], redirectUri });
    const { body } = await tokenEndpoint(client).exchange(code, redirectUri);
    expect(body).toMatchObject({ userType, isBulkInstallation, companyId: seed.companyId, userId, scope: "contacts.readonly" });
    expect("locationId" in body).toBe(userType === "Location");
    expect("approvedLocations" in body).toBe(isBulkInstallation);
  });

  test("what does not fit is refused", () => {
    const { oauth, seed } = createTestClient({ app: { targetUser: "Agency" } }).emulator;
    expect(() => oauth.install({ userId: seed.users.admin })).toThrow("Only users of the agency");
    const single = createTestClient({ app: { bulk: false } }).emulator.oauth;
    expect(() => single.install({ locations: [seed.locationId, seed.secondLocationId] })).toThrow("one location at a time");
    expect(() => single.install()).toThrow("Choose a location");
    expect(() => single.install({ userId: seed.users.admin, locations: [seed.secondLocationId] })).toThrow("not theirs");
  });
});

describe("authorization codes", () => {
  const start = () => {
    const client = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) } });
    const { oauth, seed, clock } = client.emulator;
    const { code, redirectTo } = oauth.authorize({ locations: [seed.locationId], redirectUri: `${redirectUri}?a=b`, state: "s p" });
    return { ...tokenEndpoint(client), code, redirectTo, clock };
  };

  test("travel in the redirect, with the state, beside what stood there", () => {
    const { redirectTo, code } = start();
    expect(code).toMatch(/^[0-9a-f]{40}$/);
    expect(Object.fromEntries(new URL(redirectTo).searchParams)).toEqual({ a: "b", code, state: "s p" });
  });

  test("are good once", async () => {
    const { exchange, code } = start();
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { message: "Invalid grant: authorization code is invalid" } });
  });

  test("belong to their redirect URI", async () => {
    const { exchange, code } = start();
    expect((await exchange(code, "http://127.0.0.1:3000/other")).body.message).toBe("Invalid request: `redirect_uri` is invalid");
    expect((await exchange(code, `${redirectUri}?a=b`)).status).toBe(200);
  });

  test("expire", async () => {
    const { exchange, code, clock } = start();
    clock.advance(600_000);
    expect((await exchange(code)).body.message).toBe("Invalid grant: authorization code has expired");
  });
});
