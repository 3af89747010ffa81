import { afterEach, expect, test, vi } from "vitest";
import { createAuthRoutes, oauth, rotatingPrivateIntegration } from "../../src/index.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { appOptions, location } from "../token-setup.ts";

afterEach(() => vi.unstubAllGlobals());

/** What a Worker refuses at module scope. */
function refuseOutsideRequests(): void {
  const refuse = (): never => {
    throw new Error("Disallowed operation called within global scope");
  };
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]) vi.stubGlobal(name, refuse);
  vi.stubGlobal(
    "AbortController",
    class {
      constructor() {
        refuse();
      }
    },
  );
  const subtle = new Proxy({}, { get: () => refuse });
  vi.stubGlobal("crypto", { randomUUID: refuse, getRandomValues: refuse, subtle });
  vi.spyOn(Math, "random").mockImplementation(refuse);
}

test("making an app, its routes and private tokens draws no random number, starts no timer and makes no AbortController", async () => {
  const platform = createFakePlatform();
  refuseOutsideRequests();
  const auth = oauth({ ...appOptions, fetch: platform.fetch });
  const routes = createAuthRoutes({ auth, scopes: ["contacts.readonly"] });
  rotatingPrivateIntegration({ token: "pit-new", previousToken: "pit-old", location: "loc1" });
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  expect((await routes(new Request("https://app.example/oauth/install"))).status).toBe(302);
  await auth.installations.connect(await auth.endpoint.exchange(platform.code({ userType: "Location", locationId: "loc1" })));
  expect((await auth.tokens.liveToken(location)).accessToken).toMatch(/^access/);
});

test.each([
  "https://user:hidden-secret@services.leadconnectorhq.com",
  "https//user:hidden-secret@host",
  "https://host/?token=hidden-secret",
  "https://host/#hidden-secret",
  "http://emulator:4010",
])("refuses the base URL %s, without repeating a secret", (baseUrl) => {
  const refused = (): unknown => oauth({ ...appOptions, baseUrl });
  expect(refused).toThrow(expect.objectContaining({ code: "invalid_request" }));
  expect(refused).not.toThrow(/hidden-secret/);
});

test("plain http of another host is taken where a test allows it by name", () => {
  expect(oauth({ ...appOptions, baseUrl: "http://emulator:4010/", allowInsecureHttpForTests: true }).app.baseUrl).toBe(
    "http://emulator:4010",
  );
});
