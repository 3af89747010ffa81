import { describe, expect, test } from "vitest";
import { createTestClient } from "../../test-client.ts";

describe("installed locations", () => {
  const { call, emulator } = createTestClient();
  const { app, companyId, tokens, locationId, secondLocationId } = emulator.seed;
  const named = `companyId=${companyId}&appId=${app.id}`;
  const current = (query = "") => call("GET", `/oauth/installed-locations?${named}${query}`, { token: tokens.appCompany });
  const v2 = (query = "") => call("GET", `/oauth/installedLocations?${named}${query}`, { token: tokens.appCompany, version: "2021-07-28" });

  test("both generations list them, each in its own envelope", async () => {
    expect((await v2()).body).toMatchObject({
      locations: [{ _id: locationId, name: "Harbour Dental", isInstalled: true, versionId: app.versionId }, { _id: secondLocationId }],
      count: 2,
      installToFutureLocations: false,
    });
    expect((await current()).body).toMatchObject({
      items: [{ _id: locationId, address: "1 Main Street" }, { _id: secondLocationId }],
      pagination: { hasNextPage: false, hasPrevPage: false, currentPageSize: 2, totalRecords: 2 },
      metadata: { filterApplied: {} },
    });
  });

  test("by trial, as long as it lasts", async () => {
    const trial = createTestClient({ app: { trialDays: 14 }, accessTokenSeconds: 30 * 86_400 });
    const total = async (onTrial: boolean): Promise<number> =>
      (await trial.call("GET", `/oauth/installed-locations?${named}&onTrial=${onTrial}`, { token: tokens.appCompany })).body.pagination
        .totalRecords as number;
    expect([await total(true), await total(false)]).toEqual([2, 0]);
    trial.emulator.clock.advance(14 * 86_400_000);
    expect([await total(true), await total(false)]).toEqual([0, 2]);
  });

  test("pages: by skip and limit, by opaque tokens", async () => {
    expect((await v2("&skip=1&limit=1")).body.locations).toMatchObject([{ _id: secondLocationId }]);
    const first = (await current("&pageSize=1")).body;
    expect(first.pagination).toMatchObject({ hasNextPage: true, hasPrevPage: false });
    const second = (await current(`&pageSize=1&pageToken=${encodeURIComponent(first.pagination.nextPageToken)}`)).body;
    expect(second.items).toMatchObject([{ _id: secondLocationId }]);
    expect(second.pagination).toMatchObject({ hasNextPage: false, hasPrevPage: true, prevPageToken: expect.any(String) });
    expect(second.pagination).not.toHaveProperty("nextPageToken");
  });

  test("filters", async () => {
    expect((await current("&query=hillside")).body.items).toMatchObject([{ _id: secondLocationId }]);
    expect((await current("&isInstalled=false")).body).toMatchObject({ items: [], metadata: { filterApplied: { isInstalled: false } } });
    expect((await v2(`&locationId=${locationId}`)).body.count).toBe(1);
    expect((await v2("&versionId=other")).body.count).toBe(0);
  });

  test("the current generation complains in the AIP form", async () => {
    const invalid = { status: 400, body: { error: { code: "INVALID_ARGUMENT" } } };
    expect(await current("&pageToken=nonsense")).toMatchObject(invalid);
    expect(await current("&pageSize=0")).toMatchObject(invalid);
    const other = `/oauth/installed-locations?companyId=${companyId}&appId=other`;
    const missing = { status: 404, body: { error: { code: "RESOURCE_NOT_FOUND" } } };
    expect(await call("GET", other, { token: tokens.appCompany })).toMatchObject(missing);
  });
});
