import { expect, test } from "vitest";
import { createAuthRoutes, oauth, renderPage, type AuthRoutesOptions } from "../../src/index.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions, location } from "../token-setup.ts";

const base = "https://app.example";

interface Setup {
  readonly platform: FakePlatform;
  readonly auth: ReturnType<typeof oauth>;
  readonly bound: boolean[];
  readonly get: (path: string, cookie?: string) => Promise<Response>;
  readonly post: (value: string, cookie?: string) => Promise<Response>;
}

function setup(options: Partial<AuthRoutesOptions> = {}): Setup {
  const platform = createFakePlatform();
  const auth = oauth({ ...appOptions, fetch: platform.fetch });
  const bound: boolean[] = [];
  const onInstalled = ({ unsolicited }: { unsolicited: boolean }): void => void bound.push(unsolicited);
  const routes = createAuthRoutes({ auth, scopes: ["contacts.readonly"], onInstalled, ...options });
  const headers = (cookie: string | undefined): Record<string, string> => (cookie === undefined ? {} : { cookie });
  return {
    platform,
    auth,
    bound,
    get: (path, cookie) => routes(new Request(base + path, { headers: headers(cookie) })),
    post: (value, cookie) =>
      routes(new Request(`${base}/callback`, { method: "POST", body: new URLSearchParams({ confirm: value }), headers: headers(cookie) })),
  };
}

async function started({ get }: Setup): Promise<{ state: string; cookie: string }> {
  const response = await get("/oauth/install");
  const state = new URL(response.headers.get("location") ?? "").searchParams.get("state") ?? "";
  return { state, cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
}

const code = ({ platform }: Setup): string => platform.code({ userType: "Location", locationId: "loc1" });

test("install, consent, callback: active, bound, no secret in any URL", async () => {
  const all = setup();
  const { state, cookie } = await started(all);
  const response = await all.get(`/callback?code=${code(all)}&state=${state}`, cookie);
  expect(response.status).toBe(200);
  expect(all.bound).toEqual([false]);
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "active" });
  expect(all.platform.seen.map(({ url }) => url).join() + state).not.toMatch(/secret/);
});

test("a replayed, forged or foreign state is refused, and the code is left alone", async () => {
  const all = setup();
  const { state, cookie } = await started(all);
  await all.get(`/callback?code=${code(all)}&state=${state}`, cookie);
  const forged = `${state.slice(0, -1)}${state.endsWith("0") ? "1" : "0"}`;
  for (const [tried, sent, shown] of [
    [state, cookie, "state_used"],
    [forged, `oauth_install=${forged}`, "state_forged"],
    [(await started(all)).state, cookie, "state_foreign"],
    ["", cookie, "state_foreign"],
  ] as const) {
    const response = await all.get(`/callback?code=${code(all)}&state=${tried}`, sent);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain(shown);
  }
  expect(all.platform.counts.exchanges).toBe(1);
});

test("an install of the marketplace is bound only after the click, once, in the same browser", async () => {
  const all = setup();
  const asked = await all.get(`/callback?code=${code(all)}`);
  const html = await asked.text();
  expect(html).toContain("loc1");
  expect(all.bound).toEqual([]);
  const value = /name="confirm" value="([^"]+)"/.exec(html)?.[1] ?? "";
  expect((await all.post(value)).status).toBe(403);
  const cookie = (asked.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect((await all.post(value, cookie)).status).toBe(200);
  expect((await all.post(value, cookie)).status).toBe(403);
  expect(all.bound).toEqual([true]);
});

test.each([
  ["accept", 200, [true], 1],
  ["reject", 403, [], 0],
] as const)("unsolicited installs: %s", async (unsolicitedInstall, status, bound, exchanges) => {
  const all = setup({ unsolicitedInstall });
  expect((await all.get(`/callback?code=${code(all)}`)).status).toBe(status);
  expect(all.bound).toEqual(bound);
  expect(all.platform.counts.exchanges).toBe(exchanges);
});

test.each([
  ["error=access_denied", 403, "access_denied"],
  ["error=noAppVersionIdFound", 400, "no_app_version"],
  ["error=x&error_description=No+integration+found+with+the+ID", 400, "wrong_host"],
  ["", 400, "no_code"],
  ["code=old", 400, "code_expired"],
])("callback?%s ends in a page with %i and %s", async (query, status, shown) => {
  const response = await setup().get(`/callback?${query}`);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(shown);
});

test("pages escape; a redirect URL that the portal refuses is refused", () => {
  expect(renderPage({ code: "x", status: 200, title: "<script>", message: `"&'` })).not.toMatch(/<script>|"&'/);
  const auth = oauth({ ...appOptions, redirectUri: "https://app.example/ghl/callback" });
  expect(() => createAuthRoutes({ auth, scopes: ["a"] })).toThrow(/portal refuses/);
});
