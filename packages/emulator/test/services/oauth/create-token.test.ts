import { describe, expect, test } from "vitest";
import { createTestClient } from "../../test-client.ts";
import { tokenEndpoint } from "../../token-endpoint.ts";

describe.each(["v2", "v3"] as const)("the token endpoint in the dialect of %s", (dialect) => {
  const client = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) } });
  const { seed } = client.emulator;
  const { clientId, clientSecret } = seed.app;
  const { ask, refresh, spell } = tokenEndpoint(client, dialect);

  test("refreshes a location's pair in its own spelling", async () => {
    const { status, body } = await refresh(seed.tokens.appLocationRefresh);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      [spell("tokenType")]: "Bearer",
      [spell("expiresIn")]: 86_399,
      userType: "Location",
      companyId: seed.companyId,
      locationId: seed.locationId,
      userId: seed.users.agencyOwner,
      isBulkInstallation: false,
      traceId: expect.any(String),
    });
    expect(body.scope.split(" ")).toContain("contacts.readonly");
    expect("refreshTokenId" in body).toBe(dialect === "v2");
    const claims = JSON.parse(Buffer.from(body[spell("accessToken")].split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({ authClass: "Location", authClassId: seed.locationId, source: "INTEGRATION", sourceId: clientId });
    expect(claims.exp - claims.iat).toBe(86_399);
    expect((await client.call("GET", `/locations/${seed.locationId}`, { token: body[spell("accessToken")] })).status).toBe(200);
  });

  test("refreshes the company's pair, with what only companies have", async () => {
    const { body } = await refresh(seed.tokens.appCompanyRefresh);
    expect(body).toMatchObject({
      userType: "Company",
      companyId: seed.companyId,
      isBulkInstallation: true,
      installToFutureLocations: false,
    });
    expect(body.approvedLocations).toEqual([seed.locationId, seed.secondLocationId]);
    expect(body).not.toHaveProperty("locationId");
  });

  test.each([
    ["no client id", { clientSecret, grantType: "refresh_token", refreshToken: "x" }, "clientId"],
    ["no client secret", { clientId, grantType: "refresh_token", refreshToken: "x" }, "clientSecret"],
    ["no refresh token", { clientId, clientSecret, grantType: "refresh_token" }, "refreshToken"],
    ["no code", { clientId, clientSecret, grantType: "authorization_code" }, "code"],
  ])("%s", async (_, fields, missing) => {
    const message = `Missing parameter: ${spell(missing)}`;
    expect(await ask(fields as unknown as Record<string, string>)).toMatchObject({ status: 400, body: { statusCode: 400, message } });
  });

  test("a wrong user type, an unknown refresh token, an unknown code", async () => {
    const grant = { clientId, clientSecret, grantType: "refresh_token", refreshToken: "nonsense" };
    expect(await ask({ ...grant, userType: "Agency" })).toMatchObject({ body: { message: `Invalid parameter: ${spell("userType")}` } });
    const invalid = { status: 400, body: { statusCode: 400, message: "Invalid grant: refresh token is invalid" } };
    expect(await ask(grant)).toMatchObject(invalid);
    const code = { clientId, clientSecret, grantType: "authorization_code", code: "nonsense" };
    expect(await ask(code)).toMatchObject({ status: 400, body: { message: "Invalid grant: authorization code is invalid" } });
  });

  test("wrong client credentials are 401", async () => {
    const fields = { clientId, clientSecret: "wrong", grantType: "refresh_token", refreshToken: "x" };
    expect(await ask(fields)).toMatchObject({ status: 401, body: { statusCode: 401, error: "Unauthorized" } });
  });

  test("client credentials are refused as a grant", async () => {
    expect((await ask({ clientId, clientSecret, grantType: "client_credentials" })).status).toBe(400);
  });
});

describe("what only one dialect says", () => {
  const client = createTestClient();
  const { clientId, clientSecret } = client.emulator.seed.app;

  test("JSON reaches v2 as an empty body", async () => {
    const body = { client_id: clientId, client_secret: clientSecret, grant_type: "refresh_token", refresh_token: "x" };
    const message = ["grant_type must be a valid enum value", "grant_type should not be empty"];
    const answer = await client.call("POST", "/oauth/token", { body, token: null, version: null });
    expect(answer).toMatchObject({ status: 422, body: { statusCode: 422, error: "Unprocessable Entity", message } });
  });

  test("an unknown grant is 422 to v2 and 400 to v3", async () => {
    const fields = { clientId, clientSecret, grantType: "password" };
    expect(await tokenEndpoint(client, "v2").ask(fields)).toMatchObject({ status: 422 });
    expect(await tokenEndpoint(client, "v3").ask(fields)).toMatchObject({ status: 400, body: { message: "Invalid parameter: grantType" } });
    const none = { clientId, clientSecret };
    expect(await tokenEndpoint(client, "v3").ask(none)).toMatchObject({ status: 400, body: { message: "Missing parameter: grantType" } });
  });

  test("v3 takes JSON", async () => {
    const refreshToken = client.emulator.seed.tokens.appLocationRefresh;
    const body = { clientId, clientSecret, grantType: "refresh_token", refreshToken };
    expect((await client.call("POST", "/oauth/token", { body, token: null })).status).toBe(200);
  });

  test("RFC 6749 errors can be switched on", async () => {
    const { refresh } = tokenEndpoint(createTestClient({ tokenErrors: "rfc6749" }), "v2");
    expect((await refresh("x")).body).toMatchObject({
      error: "invalid_grant",
      error_description: "Invalid grant: refresh token is invalid",
    });
  });
});
