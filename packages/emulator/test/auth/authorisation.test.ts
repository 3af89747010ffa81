import { describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

describe("authorisation", () => {
  const { call, emulator } = createTestClient();
  const { locationId, secondLocationId, companyId, tokens, app } = emulator.seed;
  const workflows = `/workflows/?locationId=${locationId}`;

  test.each([
    ["no token", null, "Invalid JWT"],
    ["garbage", "garbage", "Invalid JWT"],
    ["an unknown private token", "pit-00000000-0000-4000-8000-000000000000", "Invalid Private Integration token"],
  ])("%s is 401", async (_, token, message) => {
    expect(await call("GET", workflows, { token })).toMatchObject({ status: 401, body: { statusCode: 401, message } });
  });

  test("a missing scope is 401, not 403", async () => {
    const refused = await call("GET", workflows, { token: tokens.contactsReadonly });
    expect(refused).toMatchObject({ status: 401, body: { message: "The token is not authorized for this scope." } });
  });

  test("a read-only token reads and does not write", async () => {
    expect((await call("GET", workflows, { token: tokens.readonly })).status).toBe(200);
    expect((await call("POST", "/contacts/", { token: tokens.readonly, body: { locationId, firstName: "A" } })).status).toBe(401);
  });

  test.each([
    ["query", "GET", `/workflows/?locationId=${secondLocationId}`, undefined],
    ["path", "GET", `/locations/${secondLocationId}/tags`, undefined],
    ["body", "POST", "/contacts/", { locationId: secondLocationId, firstName: "A" }],
    ["altId", "GET", `/invoices/?altId=${secondLocationId}&altType=location&limit=1&offset=0`, undefined],
    ["search body", "POST", "/contacts/search", { locationId: secondLocationId, pageLimit: 1 }],
  ])("another location in the %s is 403", async (_, method, path, body) => {
    const refused = await call(method, path, { body });
    expect(refused).toMatchObject({ status: 403, body: { statusCode: 403, message: "The token does not have access to this location." } });
  });

  test("another location's record is 403 although nothing names the location", async () => {
    const { body } = await call("POST", "/contacts/", {
      body: { locationId: secondLocationId, firstName: "B" },
      token: tokens.secondLocation,
    });
    expect((await call("GET", `/contacts/${body.contact.id}`)).status).toBe(403);
    expect((await call("DELETE", `/contacts/${body.contact.id}`)).status).toBe(403);
    expect((await call("GET", `/contacts/${body.contact.id}`, { token: tokens.secondLocation })).status).toBe(200);
  });

  test("the wrong kind of token is 401", async () => {
    const message = "This AuthClass is not yet supported";
    expect(await call("GET", workflows, { token: tokens.agency })).toMatchObject({ status: 401, body: { message } });
    expect(await call("GET", `/snapshots/?companyId=${companyId}`)).toMatchObject({ status: 401, body: { message } });
    // The agency's own routes say it otherwise to a location's private token.
    expect(await call("GET", `/companies/${companyId}`)).toMatchObject({ status: 403, body: { message: "Forbidden resource" } });
    const oauthOnly = `/oauth/installed-locations?companyId=${companyId}&appId=${app.id}`;
    expect(await call("GET", oauthOnly, { token: tokens.agency })).toMatchObject({ status: 401, body: { message } });
    expect((await call("GET", oauthOnly, { token: tokens.appCompany })).status).toBe(200);
  });

  test("an agency token reaches its locations and no others", async () => {
    expect((await call("GET", `/locations/${locationId}`, { token: tokens.agency })).status).toBe(200);
    expect((await call("GET", `/locations/${secondLocationId}`, { token: tokens.agency })).status).toBe(200);
    expect((await call("GET", "/locations/AAAAAAAAAAAAAAAAAAAA", { token: tokens.agency })).status).toBe(403);
    expect((await call("GET", "/companies/AAAAAAAAAAAAAAAAAAAA", { token: tokens.agency })).status).toBe(403);
  });

  test("the scheme word may be missing", async () => {
    const request = new Request(`http://emulator.test${workflows}`, { headers: { version: "v3", authorization: tokens.location } });
    expect((await emulator.fetch(request)).status).toBe(200);
  });

  test("the token endpoint needs none", async () => {
    const { clientId, clientSecret } = app;
    const body = { clientId, clientSecret, grantType: "refresh_token", refreshToken: tokens.appCompanyRefresh };
    expect((await call("POST", "/oauth/token", { body, token: null })).status).toBe(200);
  });
});
