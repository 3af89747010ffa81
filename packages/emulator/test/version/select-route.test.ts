import { describe, expect, test } from "vitest";
import { liveVersions } from "../../src/version/select-route.ts";
import { createTestClient } from "../test-client.ts";

describe("Version", () => {
  const { call, emulator } = createTestClient();
  const { locationId, tokens, companyId, app } = emulator.seed;
  const workflows = `/workflows/?locationId=${locationId}`;

  test.each(liveVersions)("%s is accepted", async (version) => {
    expect((await call("GET", workflows, { version })).status).toBe(200);
  });

  test("none is refused, and so is an unknown one", async () => {
    expect(await call("GET", workflows, { version: null })).toMatchObject({
      status: 401,
      body: { message: "version header was not found." },
    });
    expect(await call("GET", workflows, { version: "v9" })).toMatchObject({ status: 401, body: { message: "version header is invalid" } });
  });

  test("operations that declare none do without", async () => {
    const { status, headers } = await call("GET", `/store/shipping-zone?altId=${locationId}&altType=location`, { version: null });
    expect([status, headers.get("x-emulator-operation")]).toEqual([200, "store.listShippingZones"]);
  });

  test("a path of one generation is not there under the other", async () => {
    expect((await call("GET", `/contacts/?locationId=${locationId}`, { version: "2021-07-28" })).status).toBe(200);
    expect(await call("GET", `/contacts/?locationId=${locationId}`)).toMatchObject({
      status: 404,
      body: { message: "Cannot GET /contacts/" },
    });
    const brandNew = `/locations/${locationId}/conversationChannels/SMS`;
    expect((await call("GET", brandNew)).status).toBe(200);
    expect((await call("GET", brandNew, { version: "2021-07-28" })).status).toBe(404);
  });

  test("the camel case path of installed locations answers under both, the new one under v3 only", async () => {
    const query = `?companyId=${companyId}&appId=${app.id}`;
    const asked = { token: tokens.appCompany };
    expect((await call("GET", `/oauth/installedLocations${query}`, { ...asked, version: "2021-07-28" })).status).toBe(200);
    expect((await call("GET", `/oauth/installedLocations${query}`, asked)).status).toBe(200);
    expect((await call("GET", `/oauth/installed-locations${query}`, asked)).status).toBe(200);
    expect((await call("GET", `/oauth/installed-locations${query}`, { ...asked, version: "2021-07-28" })).status).toBe(404);
  });

  test("old paths can be switched on under v3", async () => {
    const { call: callOld } = createTestClient({ oldPathsUnderV3: "answer" });
    expect((await callOld("GET", `/contacts/?locationId=${locationId}`)).status).toBe(200);
  });

  test("strict mode wants the version that the operation declares", async () => {
    const { call: callStrict } = createTestClient({ versionMode: "strict" });
    const calendars = `/calendars/?locationId=${locationId}`;
    expect((await callStrict("GET", calendars, { version: "2021-04-15" })).status).toBe(200);
    expect((await callStrict("GET", calendars, { version: "2021-07-28" })).status).toBe(401);
    expect((await callStrict("GET", calendars)).status).toBe(200);
  });

  test("where both generations declare one date as their version, a switch decides whose shape it is", async () => {
    const path = `/ad-publishing/facebook/pages?locationId=${locationId}`;
    const generations = await Promise.all(
      (["v3", "v2"] as const).map(async (sharedVersion) => {
        const client = createTestClient({ sharedVersion });
        return (await client.call("GET", path, { version: "2021-07-28" })).headers.get("x-emulator-generation");
      }),
    );
    expect(generations).toEqual(["v3", "v2"]);
  });
});
