import { inspect } from "node:util";
import { withLogging, type FetchLike } from "@ghlkit/core";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { expect, test } from "vitest";
import {
  createAuthRoutes,
  decryptUserContext,
  encryptedTokenStore,
  oauth,
  privateIntegration,
  rotatingPrivateIntegration,
  type OAuth,
} from "../src/index.ts";
import { callerOf } from "./caller.ts";
import { createFakePlatform, type FakePlatform } from "./fake-platform.ts";
import { appOptions, company, location, seed } from "./token-setup.ts";

// Nothing that auth throws, tells, logs, shows or puts into a URL, a header of ours or a key may hold one of these.
const secret = /-secret-|app-secret|pit-hidden|shared-hidden|Bearer \S/;

interface Heard {
  readonly platform: FakePlatform;
  readonly auth: OAuth;
  /** Everything that left auth, as text. */
  readonly said: string[];
  readonly say: (what: unknown) => void;
  readonly call: ReturnType<typeof callerOf>;
}

function listen(stores: Stores = createMemoryStorage()): Heard {
  const said: string[] = [];
  const say = (what: unknown): void => {
    said.push(inspect(what, { depth: 12, showHidden: true }), JSON.stringify(what) ?? "", String(what));
    if (what instanceof Error) said.push(what.stack ?? "", inspect(what.cause, { depth: 12, showHidden: true }));
  };
  const platform = createFakePlatform();
  const fetch: FetchLike = (url, init) => {
    said.push(url);
    return platform.fetch(url, init);
  };
  const logger = { debug: say, info: say, warn: say, error: say };
  const auth = oauth({ ...appOptions, stores, fetch, layers: [withLogging(logger)], onEvent: say });
  auth.installations.watch(say);
  const leases = auth.stores.leases.acquire;
  Object.assign(auth.stores.leases, { acquire: (name: string, ...rest: [never]) => (said.push(name), leases(name, ...rest)) });
  return { platform, auth, said, say, call: callerOf({ credentials: auth, fetch, layers: [withLogging(logger)] }) };
}

const bound = { kind: "location", resource: "loc1" } as const;
const exchange = async ({ auth, platform }: Heard, ids: Record<string, string>): Promise<unknown> =>
  auth.installations.connect(await auth.endpoint.exchange(platform.code({ companyId: "com1", ...ids })));

const paths: Readonly<Record<string, (heard: Heard) => Promise<unknown>>> = {
  "a code that is used": ({ auth }) => auth.endpoint.exchange("code-secret-1-used"),
  "a wrong client secret": ({ platform }) =>
    oauth({ ...appOptions, clientSecret: "other-secret-1", fetch: platform.fetch }).endpoint.exchange("code-secret-1"),
  "a client secret that is none": async () => oauth({ ...appOptions, clientSecret: "app-secret with spaces" }),
  "no redirect URI": ({ auth: { app } }) =>
    oauth({ clientId: app.clientId, clientSecret: "app-secret" }).endpoint.exchange("code-secret-1"),
  "a dead grant": async (heard) => {
    await seed(heard.platform, heard.auth.stores, location, -1);
    heard.platform.families[0]!.revoked = true;
    return heard.call(bound, "contacts.get");
  },
  "an inactive location": async (heard) => {
    await seed(heard.platform, heard.auth.stores, location, -1);
    heard.platform.state.inactive = true;
    return heard.call(bound, "contacts.get");
  },
  "a scope that is refused": async (heard) => {
    await seed(heard.platform, heard.auth.stores, location, 3_600_000);
    heard.platform.state.scopeRefused = true;
    return heard.call(bound, "contacts.get");
  },
  "a location that is not installed": (heard) => heard.call(bound, "contacts.get"),
  "a root client": async (heard) => heard.call(undefined, "contacts.get"),
  "an answer without a token": async () =>
    oauth({
      ...appOptions,
      fetch: async () => Response.json({ refreshToken: "refresh-secret-9", traceId: "t" }),
    }).endpoint.exchange("code-secret-1"),
  "an answer that is no JSON": async () =>
    oauth({ ...appOptions, fetch: async () => new Response("refresh_token=refresh-secret-9") }).endpoint.exchange("code-secret-1"),
  "a connection that breaks": async () =>
    oauth({
      ...appOptions,
      fetch: async (_url, init) => {
        throw Object.assign(new TypeError("fetch failed"), { request: init, cause: { code: "ECONNRESET", body: init.body } });
      },
    }).endpoint.exchange("code-secret-1"),
  "a store whose tokens do not open": async (heard) => {
    const keys = { a: new Uint8Array(32).fill(1) };
    const tokens = encryptedTokenStore(heard.auth.stores.tokens, { current: "a", keys });
    await seed(heard.platform, { ...heard.auth.stores, tokens }, location, 1_000);
    return encryptedTokenStore(heard.auth.stores.tokens, { current: "a", keys: { a: new Uint8Array(32).fill(2) } }).get(location);
  },
  "a store in clear text": async (heard) => {
    await seed(heard.platform, heard.auth.stores, location, 1_000);
    return encryptedTokenStore(heard.auth.stores.tokens, { current: "a", keys: { a: new Uint8Array(32) } }).get(location);
  },
  "an uninstall without a reason": (heard) => heard.auth.installations.uninstall({ location: "loc1" }, { reason: "" }),
  "an uninstall of what is not there": (heard) => heard.auth.installations.uninstall({ location: "loc1" }, { reason: "left" }),
  "an event of nobody": (heard) => heard.auth.installations.apply({ type: "INSTALL", token: "access-secret-1" }),
  "a mint that is refused": async (heard) => {
    await exchange(heard, { userType: "Company" });
    await heard.auth.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
    heard.platform.families[0]!.revoked = true;
    heard.platform.expireAccess("com1");
    return heard.call(bound, "contacts.get");
  },
  "an abort": (heard) => heard.auth.tokens.liveToken(location, { signal: AbortSignal.abort() }),
  "a private token with a line end": async () => privateIntegration({ token: "pit-hidden\n", location: "loc1" }),
  "a private token of another kind": async () => {
    const credentials = privateIntegration({ token: "pit-hidden", location: "loc1" });
    return callerOf({ credentials, fetch: globalThis.fetch })({ kind: "location", resource: "loc1" }, "oauth.listInstalledLocations");
  },
  "two private tokens that are one": async () =>
    rotatingPrivateIntegration({ token: "pit-hidden", previousToken: "pit-hidden", location: "loc1" }),
  "a redirect URI the portal refuses": async (heard) =>
    createAuthRoutes({ auth: oauth({ ...appOptions, redirectUri: "https://x.example/ghl", fetch: heard.platform.fetch }), scopes: ["a"] }),
};

test.each(Object.keys(paths))("%s: an error without a secret", async (name) => {
  const heard = listen();
  const error: unknown = await (async () => paths[name]?.(heard))().catch((caught: unknown) => caught);
  await heard.auth.installations.settled();
  expect(error).toBeInstanceOf(Error);
  heard.say(error);
  expect(heard.said.filter((text) => secret.test(text))).toEqual([]);
});

test("a life from install to uninstall: events, logs, installations, URLs, lease names, credentials and pages hold none", async () => {
  const heard = listen();
  const { auth, platform, said, say, call } = heard;
  const routes = createAuthRoutes({ auth, scopes: ["contacts.readonly"], onInstalled: ({ installation }) => say(installation) });
  const started = await routes(new Request("https://app.example/oauth/install"));
  const url = started.headers.get("location") ?? "";
  said.push(url, started.headers.get("set-cookie") ?? "");
  const cookie = (started.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const state = new URL(url).searchParams.get("state") ?? "";
  const code = platform.code({ userType: "Location", locationId: "loc1", companyId: "com1" });
  for (const query of [`code=${code}&state=${state}`, `code=${code}&state=${state}`, `code=${code}`, "error=access_denied"]) {
    const page = await routes(new Request(`https://app.example/callback?${query}`, { headers: { cookie } }));
    said.push(await page.text(), JSON.stringify([...page.headers]));
  }
  platform.expireAccess("loc1");
  await call(bound, "contacts.create", JSON.stringify({ firstName: "Ada" }));
  await exchange(heard, { userType: "Company" });
  say(await auth.tokens.refreshDue({ withinMs: 400 * 86_400_000 }));
  say(await auth.installations.expiring({ withinMs: 400 * 86_400_000 }));
  for await (const one of auth.installations.list()) say(one);
  for await (const one of auth.installations.lackingScopes(["x"])) say(one);
  await auth.installations.apply({ type: "UNINSTALL", companyId: company.resource });
  say(auth);
  say(rotatingPrivateIntegration({ token: "pit-hidden", previousToken: "pit-hidden-2", location: "loc1" }));
  say(await decryptUserContext("U2FsdGVkX18AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "shared-hidden"));
  expect(said.length).toBeGreaterThan(50);
  expect(said.filter((text) => secret.test(text))).toEqual([]);
});
