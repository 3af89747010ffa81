import { describe, expect, test } from "vitest";
import { createTestClient } from "../../test-client.ts";
import { tokenEndpoint } from "../../token-endpoint.ts";

describe("the app's own installation", () => {
  const at = (appId: string): string => `/marketplace/app/${appId}/installations`;

  test("shows a company more than a location", async () => {
    const { call, emulator } = createTestClient({ app: { planId: "plan-1", brand: "white-label" } });
    const { app, tokens, companyId, locationId } = emulator.seed;
    const company = await call("GET", at(app.id), { token: tokens.appCompany });
    expect(company.body.installationDetails).toMatchObject({
      companyId,
      companyName: "Lighthouse Agency",
      companyOwnerFullName: "Olga Owner",
      isWhitelabelCompany: true,
      whitelabelDetails: { domain: expect.any(String) },
      marketplaceAppPlanId: "plan-1",
    });
    const location = await call("GET", at(app.id), { token: tokens.appLocation, version: "2021-07-28" });
    expect(location.body.installationDetails).toMatchObject({ locationId, companyEmail: null, companyPlan: null });
    expect((await call("GET", at("other"), { token: tokens.appLocation })).status).toBe(400);
  });

  test("uninstalled by a location, it ends that location's tokens", async () => {
    const client = createTestClient();
    const { call, emulator } = client;
    const { app, tokens, locationId, companyId } = emulator.seed;
    const removed = await call("DELETE", at(app.id), { token: tokens.appLocation, body: { locationId, reason: "moving" } });
    expect(removed).toMatchObject({ status: 200, body: { success: true } });
    expect((await call("GET", at(app.id), { token: tokens.appLocation })).body.message).toBe("Invalid JWT");
    expect((await tokenEndpoint(client).refresh(tokens.appLocationRefresh)).status).toBe(400);
    const left = await call("GET", `/oauth/installed-locations?companyId=${companyId}&appId=${app.id}&isInstalled=true`, {
      token: tokens.appCompany,
    });
    expect(left.body.pagination.totalRecords).toBe(1);
  });

  test("uninstalled by the company, it is gone from all its locations", async () => {
    const { call, emulator } = createTestClient();
    const { app, tokens, companyId } = emulator.seed;
    expect((await call("DELETE", at(app.id), { token: tokens.agency, body: { companyId, reason: "done" } })).status).toBe(200);
    expect((await call("GET", at(app.id), { token: tokens.appLocation })).status).toBe(401);
    expect((await call("DELETE", at(app.id), { token: tokens.agency, body: { companyId } })).status).toBe(400);
  });
});
