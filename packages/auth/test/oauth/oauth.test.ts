import { inspect } from "node:util";
import { createClient } from "@ghlkit/client";
import type { Layer } from "@ghlkit/core";
import { expect, test } from "vitest";
import { oauth, type OAuth } from "../../src/index.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions, company, location, seed } from "../token-setup.ts";

async function connected(platform: FakePlatform, leftMs = 3_600_000): Promise<OAuth> {
  const credentials = oauth({ ...appOptions, fetch: platform.fetch });
  await seed(platform, credentials.stores, location, leftMs);
  return credentials;
}

test("a root client has no token and says where to call", async () => {
  const platform = createFakePlatform();
  const client = createClient({ credentials: await connected(platform), fetch: platform.fetch });
  await expect(async () => client.contacts.get({ contactId: "c1" })).rejects.toMatchObject({
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
  const client = createClient({ credentials, fetch: platform.fetch, layers: [metered] });
  platform.expireAccess("loc1");
  const answer = (await client.location("loc1").contacts.create({ body: { firstName: "Ada" } } as never)) as unknown as { echo: string };
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
  const client = createClient({ credentials, fetch: platform.fetch, layers: [outside, credentials.repeat] });
  platform.expireAccess("loc1");
  await client.location("loc1").contacts.get({ contactId: "c1" });
  expect(outer).toBe(1);
  expect(platform.counts.refused401).toBe(1);
});

test("a scope 401 burns nothing and is not repeated", async () => {
  const platform = createFakePlatform();
  const credentials = await connected(platform);
  platform.state.scopeRefused = true;
  const client = createClient({ credentials, fetch: platform.fetch });
  await expect(client.location("loc1").contacts.get({ contactId: "c1" })).rejects.toMatchObject({ code: "scope_missing" });
  expect(platform.seen).toHaveLength(1);
});

test("a scope the installation lacks is named before anything is sent", async () => {
  const platform = createFakePlatform();
  const client = createClient({ credentials: await connected(platform), fetch: platform.fetch });
  await expect(client.location("loc1").calendars.get({ calendarId: "c1" })).rejects.toMatchObject({
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
  const client = createClient({ credentials, fetch: platform.fetch });
  await Promise.all(Array.from({ length: 10 }, (_, index) => client.location(`loc${index}`).contacts.get({ contactId: "c1" })));
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
