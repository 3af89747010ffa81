import { systemClock } from "@ghlkit/core";
import { describe, expect, test, vi } from "vitest";
import { oauth, type AuthEvent, type OAuth } from "../../src/index.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions, company, location } from "../token-setup.ts";

interface Setup {
  readonly platform: FakePlatform;
  readonly auth: OAuth;
  readonly events: AuthEvent[];
  readonly installed: Set<string>;
  readonly uninstalls: string[];
  /** Status of the list of installed locations. */
  readonly list: { status: number };
  /** Moves the clock of the process. */
  readonly shift: (ms: number) => void;
}

/** The fake platform with the list of installed locations and the uninstall call. */
function setup(dialect: "v2" | "v3" = "v3"): Setup {
  const platform = createFakePlatform();
  const installed = new Set<string>();
  const uninstalls: string[] = [];
  const list = { status: 200 };
  const events: AuthEvent[] = [];
  let shifted = 0;
  const auth = oauth({
    ...appOptions,
    dialect,
    clock: { now: () => Date.now() + shifted, after: systemClock.after },
    onEvent: (event) => events.push(event),
    fetch: async (url, init) => {
      const { pathname, searchParams } = new URL(url);
      if (pathname.endsWith("/installations")) {
        uninstalls.push(init.body as string);
        return Response.json({ success: true });
      }
      if (pathname.startsWith("/oauth/installed") && list.status !== 200)
        return Response.json({ message: "The token is not authorized for this scope." }, { status: list.status });
      const asked = searchParams.get("locationId");
      const ids = [...installed].filter((_id) => asked === null || asked === _id).map((_id) => ({ _id, isInstalled: true }));
      if (pathname === "/oauth/installed-locations") {
        const at = Number(searchParams.get("pageToken") ?? 0);
        const items = ids.slice(at, at + 100);
        const more = at + 100 < ids.length;
        return Response.json({ items, pagination: { hasNextPage: more, ...(more ? { nextPageToken: String(at + 100) } : {}) } });
      }
      if (pathname === "/oauth/installedLocations") {
        const at = Number(searchParams.get("skip"));
        return Response.json({ locations: ids.slice(at, at + 100), count: ids.length });
      }
      return platform.fetch(url, init);
    },
  });
  return { platform, auth, events, installed, uninstalls, list, shift: (ms) => void (shifted += ms) };
}

async function connectCompany({ platform, auth }: Setup, ids: Record<string, string> = {}): Promise<void> {
  await auth.installations.connect(await auth.endpoint.exchange(platform.code({ userType: "Company", companyId: "com1", ...ids })));
}

test("an INSTALL before the code exchange is parked, and finished by it", async () => {
  const all = setup();
  const early = await all.auth.installations.apply({ type: "INSTALL", appId: "abc123", locationId: "loc1", companyId: "com1" });
  expect(early).toMatchObject({ state: "pending", parked: [{ type: "INSTALL" }] });
  await connectCompany(all);
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "active", parked: [], companyId: "com1" });
  expect(all.platform.counts.mints).toBe(0);
  await all.auth.tokens.liveToken(location);
  expect(all.platform.counts.mints).toBe(1);
});

test("bulk install: the callback mints nothing and waits for no list; every location is callable, listed or approved", async () => {
  const all = setup();
  const approvedLocations = Array.from({ length: 300 }, (_, index) => `loc${index}`);
  for (let index = 300; index < 320; index += 1) all.installed.add(`loc${index}`);
  const pair = await all.auth.endpoint.exchange(all.platform.code({ userType: "Company", companyId: "com1" }));
  const extra = { isBulkInstallation: true, approvedLocations };
  await all.auth.installations.connect({ ...pair, extra });
  expect(await all.auth.installations.get({ ...location, resource: "loc299" })).toMatchObject({ state: "active", companyId: "com1" });
  expect(all.platform.counts.mints).toBe(0);
  await all.auth.installations.settled();
  expect(all.events.at(-1)).toEqual({ type: "reconciled", principal: company, added: 20 });
  expect(all.events.filter(({ type }) => type === "installed")).toHaveLength(321);
  expect(await all.auth.installations.warm("com1")).toEqual({ warm: 320, failed: 0, failures: [] });
  expect(all.platform.counts.mints).toBe(320);
  const stop = AbortSignal.abort();
  await expect(all.auth.installations.warm("com1", { signal: stop })).rejects.toMatchObject({ code: "aborted" });
});

test("a list that cannot be read after consent is told; the install stands", async () => {
  const all = setup();
  all.list.status = 401;
  const pair = await all.auth.endpoint.exchange(all.platform.code({ userType: "Company", companyId: "com1" }));
  await all.auth.installations.connect({ ...pair, extra: { isBulkInstallation: true, approvedLocations: ["loc1"] } });
  await all.auth.installations.settled();
  expect(all.events.at(-1)).toMatchObject({ type: "reconcile_failed", code: "scope_missing" });
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "active" });
});

describe("an INSTALL without its company", () => {
  const sparse = { type: "INSTALL", appId: "abc123", locationId: "loc1" };

  test("is resolved when it arrives, by asking the connected companies for that location", async () => {
    const all = setup();
    await connectCompany(all);
    all.installed.add("loc1");
    expect(await all.auth.installations.apply(sparse)).toMatchObject({ state: "active", companyId: "com1", parked: [] });
  });

  test("that no company has yet is resolved by the first call", async () => {
    const all = setup();
    await connectCompany(all);
    expect(await all.auth.installations.apply(sparse)).toMatchObject({ state: "pending" });
    await expect(all.auth.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
    all.installed.add("loc1");
    await all.auth.tokens.liveToken(location);
    await all.auth.installations.settled();
    expect(await all.auth.installations.get(location)).toMatchObject({ state: "active", companyId: "com1", parked: [] });
    expect(all.events.filter(({ type }) => type === "installed")).toHaveLength(2);
  });

  test("that comes before the consent is resolved by the list read after it", async () => {
    const all = setup();
    await all.auth.installations.apply(sparse);
    all.installed.add("loc1");
    const pair = await all.auth.endpoint.exchange(all.platform.code({ userType: "Company", companyId: "com1" }));
    await all.auth.installations.connect({ ...pair, extra: { isBulkInstallation: true } });
    await all.auth.installations.settled();
    expect(await all.auth.installations.get(location)).toMatchObject({ state: "active", companyId: "com1", parked: [] });
  });
});

describe("events out of order", () => {
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

  test("a late UNINSTALL does not cost the pair of a new consent", async () => {
    const all = setup();
    const consent = async (): Promise<void> =>
      void (await all.auth.installations.connect(
        await all.auth.endpoint.exchange(all.platform.code({ userType: "Location", locationId: "loc1" })),
      ));
    await consent();
    await consent();
    const late = { type: "UNINSTALL", locationId: "loc1", timestamp: at(-30) };
    expect(await all.auth.installations.apply(late)).toMatchObject({ state: "active" });
    await all.auth.tokens.liveToken(location);
    expect(await all.auth.installations.apply({ ...late, timestamp: at(30) })).toMatchObject({ state: "uninstalled" });
  });

  test("an INSTALL that is delivered again does not undo the UNINSTALL that followed it, nor an uninstall of ours", async () => {
    const all = setup();
    await connectCompany(all);
    const install = { type: "INSTALL", locationId: "loc1", companyId: "com1", timestamp: at(-900) };
    await all.auth.installations.apply(install);
    await all.auth.installations.apply({ type: "UNINSTALL", locationId: "loc1", timestamp: at(30) });
    expect(await all.auth.installations.apply(install)).toMatchObject({ state: "uninstalled" });
    const other = { ...install, locationId: "loc2" };
    await all.auth.installations.apply(other);
    await all.auth.installations.uninstall({ location: "loc2" }, { reason: "left" });
    expect(await all.auth.installations.apply(other)).toMatchObject({ state: "uninstalled" });
    expect(await all.auth.installations.apply({ ...other, timestamp: at(60) })).toMatchObject({ state: "active" });
  });
});

test("another process uninstalls while a location token is minted: the token does not come back", async () => {
  const all = setup();
  await connectCompany(all);
  await all.auth.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
  const other = oauth({ ...appOptions, stores: all.auth.stores, fetch: all.platform.fetch });
  const slow = oauth({
    ...appOptions,
    stores: all.auth.stores,
    fetch: async (url, init) => {
      const answer = await all.platform.fetch(url, init);
      if (url.endsWith("/location-token")) await other.installations.apply({ type: "UNINSTALL", companyId: "com1" });
      return answer;
    },
  });
  await expect(slow.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked", message: /uninstalled meanwhile/ });
  expect(await all.auth.stores.tokens.get(location)).toBeUndefined();
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "uninstalled" });
});

test("an INSTALL of a future location becomes active at once; another app's event is ignored", async () => {
  const all = setup();
  await connectCompany(all);
  expect(await all.auth.installations.apply({ type: "INSTALL", appId: "abc123", locationId: "loc1", companyId: "com1" })).toMatchObject({
    state: "active",
  });
  expect(await all.auth.installations.apply({ type: "INSTALL", appId: "other", locationId: "loc9" })).toBeUndefined();
});

test.each(["v2", "v3"] as const)("reconcile (%s): 230 locations over pages, one gone later", async (dialect) => {
  const all = setup(dialect);
  await connectCompany(all);
  for (let index = 0; index < 230; index += 1) all.installed.add(`loc${index}`);
  const report = await all.auth.installations.reconcile("com1");
  expect(report.added).toHaveLength(230);
  all.installed.delete("loc7");
  // A list that lags behind must not cost what has just become active.
  expect(await all.auth.installations.reconcile("com1")).toEqual({ added: [], removed: [] });
  expect(await all.auth.installations.reconcile("com1", { graceMs: -1 })).toEqual({ added: [], removed: ["loc7"] });
  expect(await all.auth.installations.get({ ...location, resource: "loc7" })).toMatchObject({ state: "uninstalled" });
});

test("uninstall tells the platform, removes the tokens, leaves a tombstone; a reinstall is active again", async () => {
  const all = setup();
  await connectCompany(all);
  await all.auth.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
  await all.auth.installations.uninstall({ location: "loc1" }, { reason: "left" });
  expect(all.uninstalls).toEqual([JSON.stringify({ locationId: "loc1", reason: "left" })]);
  expect(await all.auth.stores.tokens.get(location)).toBeUndefined();
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "uninstalled", reason: "left" });
  expect(await all.auth.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" })).toMatchObject({ state: "active" });
});

test("UNINSTALL of the company takes its locations along; no token comes back", async () => {
  const all = setup();
  await connectCompany(all);
  await all.auth.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
  await all.auth.installations.apply({ type: "UNINSTALL", companyId: "com1" });
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "uninstalled" });
  await expect(all.auth.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
  await expect(all.auth.tokens.liveToken(company)).rejects.toMatchObject({ code: "token_revoked" });
});

test("PLAN_CHANGE changes facts, not the state", async () => {
  const all = setup();
  await connectCompany(all);
  const after = await all.auth.installations.apply({ type: "PLAN_CHANGE", companyId: "com1", newPlanId: "p2" });
  expect(after).toMatchObject({ state: "active", facts: { planId: "p2" } });
});

test("a dead grant is needs_reconnect with its reason; a new consent makes it active; watchers see both", async () => {
  const all = setup();
  const seen: string[] = [];
  all.auth.installations.watch(({ state }) => seen.push(state));
  await all.auth.installations.connect(await all.auth.endpoint.exchange(all.platform.code({ userType: "Location", locationId: "loc1" })));
  const before = await all.auth.tokens.liveToken(location);
  all.platform.families[0]!.revoked = true;
  await expect(all.auth.tokens.liveToken(location, { rejected: before.accessToken })).rejects.toMatchObject({ code: "token_revoked" });
  await all.auth.installations.settled();
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "needs_reconnect", reason: /refused the refresh token/ });
  await all.auth.installations.connect(await all.auth.endpoint.exchange(all.platform.code({ userType: "Location", locationId: "loc1" })));
  expect(seen).toEqual(["active", "needs_reconnect", "active"]);
  expect(all.events.map((event) => event.type)).toEqual(["installed", "needs_reconnect", "reconnected", "installed"]);
});

test("a watcher that throws is reported, and changes nothing", async () => {
  const reportError = vi.fn();
  vi.stubGlobal("reportError", reportError);
  const all = setup();
  all.auth.installations.watch(() => {
    throw new Error("the view is gone");
  });
  await all.auth.installations.connect(await all.auth.endpoint.exchange(all.platform.code({ userType: "Location", locationId: "loc1" })));
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "active" });
  expect(reportError.mock.calls).toEqual([[new Error("the view is gone")]]);
  vi.unstubAllGlobals();
});

test("suspended and reactivated", async () => {
  const all = setup();
  await all.auth.installations.connect(await all.auth.endpoint.exchange(all.platform.code({ userType: "Location", locationId: "loc1" })));
  const { accessToken } = await all.auth.tokens.liveToken(location);
  all.platform.state.inactive = true;
  await expect(all.auth.tokens.liveToken(location, { rejected: accessToken })).rejects.toMatchObject({ code: "resource_inactive" });
  await all.auth.installations.settled();
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "suspended" });
  all.platform.state.inactive = false;
  all.shift(1_000);
  await all.auth.tokens.liveToken(location, { rejected: accessToken });
  await all.auth.installations.settled();
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "active" });
});

test("what one process saw fail, another tells as recovered", async () => {
  const all = setup();
  await all.auth.installations.connect(await all.auth.endpoint.exchange(all.platform.code({ userType: "Location", locationId: "loc1" })));
  const { accessToken } = await all.auth.tokens.liveToken(location);
  all.platform.state.inactive = true;
  await expect(all.auth.tokens.liveToken(location, { rejected: accessToken })).rejects.toMatchObject({ code: "resource_inactive" });
  await all.auth.installations.settled();
  all.platform.state.inactive = false;
  const events: AuthEvent[] = [];
  const { stores } = all.auth;
  const other = oauth({ ...appOptions, stores, fetch: all.platform.fetch, onEvent: (event) => events.push(event) });
  await other.tokens.liveToken(location, { rejected: accessToken });
  await other.installations.settled();
  expect(events.map(({ type }) => type)).toEqual(["token_refreshed", "reactivated"]);
});

test("a location whose own grant is dead lives on its company's: reconnected is told", async () => {
  const all = setup();
  const ids = { userType: "Location", locationId: "loc1", companyId: "com1" };
  await all.auth.installations.connect(await all.auth.endpoint.exchange(all.platform.code(ids)));
  await connectCompany(all);
  const { accessToken } = await all.auth.tokens.liveToken(location);
  all.platform.families[0]!.revoked = true;
  await all.auth.tokens.liveToken(location, { rejected: accessToken });
  await all.auth.installations.settled();
  const types = all.events.map(({ type }) => type);
  expect(types.slice(types.indexOf("needs_reconnect"))).toEqual(["needs_reconnect", "token_minted", "reconnected"]);
  expect(await all.auth.installations.get(location)).toMatchObject({ state: "active" });
});

test("reports: pairs that end soon, installations that lack a scope", async () => {
  const all = setup();
  await connectCompany(all);
  await all.auth.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
  await all.auth.tokens.liveToken(location);
  expect(await all.auth.installations.expiring()).toEqual({ total: 0, soonest: [] });
  expect(await all.auth.installations.expiring({ withinMs: 400 * 86_400_000 })).toMatchObject({
    total: 1,
    soonest: [{ principal: company }],
  });
  // The location's token is minted: its company is whom to ask.
  const lacking: unknown[] = [];
  for await (const one of all.auth.installations.lackingScopes(["contacts.write", "invoices.write"])) lacking.push(one);
  expect(lacking).toEqual([{ principal: company, missing: ["invoices.write"] }]);
});
