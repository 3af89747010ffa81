import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { createAuthRoutes, oauth } from "../../src/index.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions } from "../token-setup.ts";

const base = "https://app.example";

interface Setup {
  readonly platform: FakePlatform;
  /** Nonces that were stored. */
  readonly remembered: string[];
  readonly handle: (request: Request) => Promise<Response>;
  readonly advance: (ms: number) => Promise<void>;
}

function setup(): Setup {
  const time = createManualClock();
  const platform = createFakePlatform({ now: time.now });
  const memory = createMemoryStorage({ clock: time });
  const remembered: string[] = [];
  const remember: Stores["states"]["remember"] = async (nonce, options) => {
    remembered.push(nonce);
    return memory.states.remember(nonce, options);
  };
  const stores = { ...memory, states: { ...memory.states, remember } };
  const auth = oauth({ ...appOptions, fetch: platform.fetch, stores, clock: time });
  const handle = createAuthRoutes({ auth, scopes: ["contacts.readonly"], clock: time });
  return { platform, remembered, handle, advance: time.advance };
}

const install = async ({ handle }: Setup): Promise<{ readonly state: string; readonly cookie: string }> => {
  const response = await handle(new Request(`${base}/oauth/install`));
  const state = new URL(response.headers.get("location") ?? "").searchParams.get("state") ?? "";
  return { state, cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
};

/** A body without an end; how much of it was taken. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly taken: () => number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(97));
    },
  });
  return { body, taken: () => taken };
}

const post = (body: ReadableStream<Uint8Array> | string, headers: Record<string, string>): Request =>
  new Request(`${base}/callback`, { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("thousands of strangers who ask for an install store nothing", async () => {
  const all = setup();
  for (let index = 0; index < 4_000; index += 1) expect((await all.handle(new Request(`${base}/oauth/install`))).status).toBe(302);
  expect(all.remembered).toEqual([]);
});

test("nor do callbacks with an error, without a code, or with a code that the platform refuses; the state stays good", async () => {
  const all = setup();
  const { state, cookie } = await install(all);
  const headers = { cookie };
  for (const query of ["error=access_denied", "", "code=invented"])
    await all.handle(new Request(`${base}/callback?state=${state}&${query}`, { headers }));
  expect(all.remembered).toEqual([]);
  const code = all.platform.code({ userType: "Location", locationId: "loc1" });
  expect((await all.handle(new Request(`${base}/callback?state=${state}&code=${code}`, { headers }))).status).toBe(200);
  expect(all.remembered).toHaveLength(1);
});

test("a state is good once, however many requests bring it at the same time", async () => {
  const all = setup();
  const { state, cookie } = await install(all);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => {
      const code = all.platform.code({ userType: "Location", locationId: "loc1" });
      return all.handle(new Request(`${base}/callback?state=${state}&code=${code}`, { headers: { cookie } }));
    }),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(7);
});

test("a state ends after ttlMs", async () => {
  const all = setup();
  const { state, cookie } = await install(all);
  await all.advance(900_000);
  const answer = await all.handle(new Request(`${base}/callback?state=${state}&code=c`, { headers: { cookie } }));
  expect(await answer.text()).toContain("state_expired");
});

test("a body that comes without a cookie of ours is not read", async () => {
  const { handle } = setup();
  const { body, taken } = endless();
  expect((await handle(post(body, {}))).status).toBe(403);
  expect(taken()).toBeLessThanOrEqual(65_536);
});

test("with a genuine cookie no more of a body is read than a form needs", async () => {
  const all = setup();
  const code = all.platform.code({ userType: "Location", locationId: "loc1" });
  const asked = await all.handle(new Request(`${base}/callback?code=${code}`));
  const cookie = (asked.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { body, taken } = endless();
  expect((await all.handle(post(body, { cookie }))).status).toBe(413);
  expect(taken()).toBeLessThanOrEqual(3 * 65_536);
  const large = await all.handle(post("x".repeat(10_000), { cookie, "content-length": "300000000" }));
  expect(large.status).toBe(413);
  // The confirmation is still good.
  const value = cookie.slice(cookie.indexOf("=") + 1);
  expect((await all.handle(post(`confirm=${value}`, { cookie, "content-type": "application/x-www-form-urlencoded" }))).status).toBe(200);
});

test.each(["code", "state", "error", "error_description"])("a %s of a megabyte goes nowhere", async (name) => {
  const all = setup();
  const long = "a".repeat(1_000_000);
  const answer = await all.handle(new Request(`${base}/callback?${name}=${long}`, { headers: { cookie: `oauth_install=${long}` } }));
  expect([400, 403]).toContain(answer.status);
  expect((await answer.text()).length).toBeLessThan(10_000);
  expect(all.platform.seen).toEqual([]);
});

test.each(["e30", "..", "a.b.c", `${btoa("{}")}.${"0".repeat(64)}`, "\u0000"])("a state that is none (%j) is refused", async (state) => {
  const { handle } = setup();
  const cookie = `oauth_install=${encodeURIComponent(state)}`;
  const answer = await handle(new Request(`${base}/callback?code=c&state=${encodeURIComponent(state)}`, { headers: { cookie } }));
  expect(answer.status).toBe(403);
});
