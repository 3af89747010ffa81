import { describe, expect, test } from "vitest";
import { createTestClient } from "../../test-client.ts";
import { tokenEndpoint } from "../../token-endpoint.ts";

describe("location tokens from a company token", () => {
  const client = createTestClient();
  const { call, emulator } = client;
  const { app, companyId, tokens, locationId } = emulator.seed;
  const form = { companyId, locationId };

  test("v2 and v3, as a form and as JSON", async () => {
    const v2 = await call("POST", "/oauth/locationToken", { form, token: tokens.appCompany, version: "2021-07-28" });
    expect(v2.body).toMatchObject({
      expires_in: 86_400,
      userType: "Location",
      locationId,
      appId: app.id,
      refresh_token: expect.any(String),
    });
    const current = await call("POST", "/oauth/location-token", { body: form, token: tokens.appCompany });
    expect(current.body).toMatchObject({ expiresIn: 86_400, companyId, versionId: app.versionId, refreshToken: expect.any(String) });
    expect((await call("GET", `/contacts/?locationId=${locationId}`, { token: v2.body.access_token, version: "2021-07-28" })).status).toBe(
      200,
    );
    expect((await tokenEndpoint(client).refresh(current.body.refreshToken)).body).toMatchObject({ userType: "Location", locationId });
  });

  test("the refresh token can be left out", async () => {
    const without = createTestClient({ locationTokenRefresh: false });
    const { body } = await without.call("POST", "/oauth/location-token", { form, token: tokens.appCompany });
    expect(body.accessToken).toBeDefined();
    expect(body).not.toHaveProperty("refreshToken");
  });

  test("a location token cannot mint, a private one neither", async () => {
    const message = "This token's user type is not yet supported!";
    const refused = await call("POST", "/oauth/location-token", { form, token: tokens.appLocation });
    expect(refused).toMatchObject({ status: 401, body: { message } });
    expect((await call("POST", "/oauth/location-token", { form, token: tokens.agency })).status).toBe(401);
  });

  test("a location without the app is refused, in words that can be chosen", async () => {
    const other = createTestClient({ notInstalledMessage: "Not here" });
    const created = await other.call("POST", "/locations/", { body: { name: "New", companyId }, token: tokens.agency });
    const asked = { form: { companyId, locationId: created.body.id }, token: tokens.appCompany };
    expect(await other.call("POST", "/oauth/location-token", asked)).toMatchObject({ status: 400, body: { message: "Not here" } });
    const stranger = { form: { companyId, locationId: "AAAAAAAAAAAAAAAAAAAA" }, token: tokens.appCompany };
    expect((await call("POST", "/oauth/location-token", stranger)).status).toBe(403);
  });

  test("reconnect is gone", async () => {
    const answer = await call("POST", "/oauth/reconnect", {
      body: { clientKey: "a", clientSecret: "b", locationId },
      token: null,
      version: null,
    });
    expect(answer).toMatchObject({ status: 400, body: { message: "API endpoint has been removed", error: "Bad Request" } });
  });
});
