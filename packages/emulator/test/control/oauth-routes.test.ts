import { expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

const bare = { version: null, token: null } as const;

test("everything the controls do can be asked for over HTTP", async () => {
  const { call, emulator } = createTestClient();
  const { locationId, companyId, tokens } = emulator.seed;
  const post = (name: string, body: object = {}) => call("POST", `/_emulator/oauth/${name}`, { ...bare, body });
  expect((await post("suspend", { locationId })).body).toEqual({ status: "ok" });
  expect((await call("GET", `/locations/${locationId}`)).status).toBe(403);
  expect((await post("reactivate", { locationId })).status).toBe(200);
  expect((await post("issue-tokens", { companyId })).body.tokens.accessToken).toEqual(expect.any(String));
  const { body } = await post("rotate-private-token", { token: tokens.location });
  expect((await call("GET", `/locations/${locationId}`, { token: body.token })).status).toBe(200);
  expect((await post("locations", { count: 3 })).body.locationIds).toHaveLength(3);
  expect((await post("change-plan", { locationId, planId: "pro" })).body.installation.planId).toBe("pro");
  expect((await post("update-version", { locationId, versionId: "next" })).body.installation.versionId).toBe("next");
  const approval = await post("authorize", { locations: [locationId], redirectUri: "http://localhost/cb" });
  expect(approval.body.redirectTo).toContain(`code=${approval.body.code}`);
  expect((await post("expire", { locationId, which: "both" })).status).toBe(200);
  expect((await post("revoke", { token: tokens.agency })).status).toBe(200);
  expect((await post("uninstall", { locationId })).body).toEqual({ status: "ok", uninstalled: true });
  expect((await post("install", { locations: [locationId] })).body.installation).toMatchObject({ companyId, isBulk: true });
  expect((await call("GET", "/_emulator/oauth/installations", bare)).body.installations).toHaveLength(3);
  expect((await call("GET", "/_emulator/oauth/token-requests", bare)).body.tokenRequests).toEqual([]);
  const { events } = (await call("GET", "/_emulator/lifecycle", bare)).body;
  expect(events.map((event: { type: string }) => event.type)).toContain("UNINSTALL");
});

test.each([
  ["suspend", {}, "Name a resource"],
  ["install", { userId: "nobody" }, "There is no user nobody"],
  ["issue-tokens", { locationId: "nowhere" }, "not installed on nowhere"],
  ["rotate-private-token", {}, "token is missing"],
])("%s says what is wrong", async (name, body, message) => {
  const { call } = createTestClient();
  const answer = await call("POST", `/_emulator/oauth/${name}`, { ...bare, body });
  expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } });
});
