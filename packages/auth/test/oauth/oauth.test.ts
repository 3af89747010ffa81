import { inspect } from "node:util";
import type { Layer } from "@ghlkit/core";
import { expect, test } from "vitest";
import { oauth, type OAuth } from "../../src/index.ts";
import { callerOf } from "../caller.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions, company, location, seed } from "../token-setup.ts";

const bound = { kind: "location", resource: "loc1" } as const;

async function connected(platform: FakePlatform, leftMs = 3_600_000): Promise<OAuth> {
  const credentials = oauth({ ...appOptions, fetch: platform.fetch });
  await seed(platform, credentials.stores, location, leftMs);
  return credentials;
}

test("a root client has no token and says where to call", async () => {
  const platform = createFakePlatform();
  const call = callerOf({ credentials: await connected(platform), fetch: platform.fetch });
  await expect(async () => call(undefined, "contacts.get")).rejects.toMatchObject({
    code: "invalid_request",
    message: /client\.location\(id\)/,
  });
});

test("an operation of the agency names the kind that is missing", async () => {
  const credentials = await connected(createFakePlatform());
  const operation = { id: "oauth.listInstalledLocations", tokens: ["agencyOAuth"] } as never;
  expect(() => credentials.principal(operation, { kind: "location", resource: "loc1" })).toThrow(/client\.company\(id\)/);
});

test("an expired token: a write with a body is repeated once, through a slot of its own", async () => {
  const platform = createFakePlatform();
  const credentials = await connected(platform);
  let slots = 0;
  const metered: Layer = (next) => (request, context) => {
    slots += 1;
    return next(request, context);
  };
  const call = callerOf({ credentials, fetch: platform.fetch, layers: [metered] });
  platform.expireAccess("loc1");
  const answer = (await call(bound, "contacts.create", JSON.stringify({ firstName: "Ada" }))) as { echo: string };
  expect(answer.echo).toContain("Ada");
  expect(slots).toBe(2);
  expect(platform.counts).toMatchObject({ refreshes: 1, refused401: 1 });
});

test("the repeat sits where the caller puts it, once", async () => {
  const platform = createFakePlatform();
  const credentials = await connected(platform);
  let outer = 0;
  const outside: Layer = (next) => (request, context) => {
    outer += 1;
    return next(request, context);
  };
  const call = callerOf({ credentials, fetch: platform.fetch, layers: [outside, credentials.repeat] });
  platform.expireAccess("loc1");
  await call(bound, "contacts.get");
  expect(outer).toBe(1);
  expect(platform.counts.refused401).toBe(1);
});

test("a call that finds its location paused suspends the installation, the next that works reactivates it; no token is burnt", async () => {
  const platform = createFakePlatform();
  const events: string[] = [];
  const credentials = oauth({ ...appOptions, fetch: platform.fetch, onEvent: ({ type }) => events.push(type) });
  await credentials.installations.connect(await credentials.endpoint.exchange(platform.code({ userType: "Location", locationId: "loc1" })));
  const call = callerOf({ credentials, fetch: platform.fetch });
  platform.state.inactive = true;
  for (let index = 0; index < 2; index += 1) await expect(call(bound, "contacts.get")).rejects.toMatchObject({ code: "resource_inactive" });
  await credentials.installations.settled();
  expect(await credentials.installations.get(location)).toMatchObject({ state: "suspended" });
  platform.state.inactive = false;
  await call(bound, "contacts.get");
  await credentials.installations.settled();
  expect(await credentials.installations.get(location)).toMatchObject({ state: "active" });
  expect(events).toEqual(["installed", "suspended", "reactivated"]);
  expect(platform.counts.refreshes).toBe(0);
});

test("a scope 401 burns nothing and is not repeated", async () => {
  const platform = createFakePlatform();
  const credentials = await connected(platform);
  platform.state.scopeRefused = true;
  const call = callerOf({ credentials, fetch: platform.fetch });
  await expect(call(bound, "contacts.get")).rejects.toMatchObject({ code: "scope_missing" });
  expect(platform.seen).toHaveLength(1);
});

test("a scope the installation lacks is named before anything is sent", async () => {
  const platform = createFakePlatform();
  const call = callerOf({ credentials: await connected(platform), fetch: platform.fetch });
  await expect(call(bound, "calendars.get")).rejects.toMatchObject({
    code: "scope_missing",
    need: ["calendars.readonly"],
  });
  expect(platform.seen).toHaveLength(0);
});

test("10 locations of one expired company token: one company refresh", async () => {
  const platform = createFakePlatform({ reuse: "revoke-family" });
  const credentials = oauth({ ...appOptions, fetch: platform.fetch });
  const pair = await seed(platform, credentials.stores, company, -1);
  for (let index = 0; index < 10; index += 1) {
    const principal = { ...location, resource: `loc${index}` };
    const record = { ...pair, principal, accessToken: "dead", userType: "Location" as const, expiresAt: 1, companyId: "com1" };
    const { refreshToken: _none, ...minted } = record;
    await credentials.stores.tokens.put(minted, { expectedVersion: 0 });
  }
  const call = callerOf({ credentials, fetch: platform.fetch });
  await Promise.all(Array.from({ length: 10 }, (_, index) => call({ kind: "location", resource: `loc${index}` }, "contacts.get")));
  expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0, mints: 10 });
});

test("no secret shows, however the credentials are printed", async () => {
  const platform = createFakePlatform();
  const credentials = await connected(platform);
  await credentials.tokens.liveToken(location);
  const printed = [
    inspect(credentials, { depth: 9, showHidden: true }),
    inspect(credentials, { depth: 9, showHidden: true, customInspect: false }),
    JSON.stringify(credentials),
    String(credentials),
  ].join("\n");
  expect(printed).not.toMatch(/app-secret|access-secret|refresh-secret/);
});
