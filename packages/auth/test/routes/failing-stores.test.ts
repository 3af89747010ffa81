import { ghlError } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { createAuthRoutes, oauth } from "../../src/index.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions, location } from "../token-setup.ts";

type Part = "tokens.put" | "tokens" | "installations.put" | "states.remember";

interface Setup {
  readonly time: ManualClock;
  readonly platform: FakePlatform;
  readonly memory: Stores;
  readonly auth: ReturnType<typeof oauth>;
  readonly bound: string[];
  /** Parts of the stores that fail now. */
  readonly away: Set<Part>;
  /** Comes back from the consent page, and waits in virtual time for the page that is shown. */
  readonly callBack: () => Promise<{ readonly status: number; readonly text: string }>;
}

function setup(onInstalled?: () => void): Setup {
  const time = createManualClock();
  const platform = createFakePlatform({ now: time.now });
  const memory = createMemoryStorage({ clock: time });
  const away = new Set<Part>();
  const failing = <Store extends object>(name: string, store: Store): Store =>
    new Proxy(store, {
      get: (target, method) => {
        const work = Reflect.get(target, method) as (...input: unknown[]) => unknown;
        return (...input: unknown[]) => {
          const isAway = away.has(`${name}.${String(method)}` as Part) || away.has(name as Part);
          return isAway ? Promise.reject(ghlError("storage", "The disk is away.", { reason: "unavailable" })) : work(...input);
        };
      },
    });
  const stores = {
    ...memory,
    tokens: failing("tokens", memory.tokens),
    installations: failing("installations", memory.installations),
    states: failing("states", memory.states),
  };
  const auth = oauth({ ...appOptions, fetch: platform.fetch, stores, clock: time });
  const bound: string[] = [];
  const handle = createAuthRoutes({
    auth,
    scopes: ["contacts.readonly"],
    clock: time,
    onInstalled: ({ installation }) => {
      bound.push(installation.principal.resource);
      onInstalled?.();
    },
  });
  async function callBack(): Promise<{ readonly status: number; readonly text: string }> {
    const started = await handle(new Request("https://app.example/oauth/install"));
    const state = new URL(started.headers.get("location") ?? "").searchParams.get("state") ?? "";
    const headers = { cookie: (started.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
    const code = platform.code({ userType: "Location", locationId: "loc1" });
    let answer: Response | undefined;
    void handle(new Request(`https://app.example/callback?code=${code}&state=${state}`, { headers })).then((shown) => (answer = shown));
    while (answer === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      await time.advance(100);
    }
    return { status: answer.status, text: await answer.text() };
  }
  return { time, platform, memory, auth, bound, away, callBack };
}

test.each(["tokens.put", "tokens", "installations.put"] as const)(
  "%s fails in the callback: not connected, nothing bound, nothing kept",
  async (part) => {
    const all = setup();
    all.away.add(part);
    const shown = await all.callBack();
    expect(shown).toMatchObject({
      status: 503,
      text: expect.stringMatching(/Not connected.*could not be stored.*Start the install again/s),
    });
    expect(all.bound).toEqual([]);
    all.away.clear();
    await all.time.advance(60_000);
    expect(await all.memory.tokens.get(location)).toBeUndefined();
    expect((await all.memory.installations.get(location))?.state).not.toBe("active");
    await expect(all.auth.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
    // A second try works.
    expect((await all.callBack()).status).toBe(200);
    expect(all.bound).toEqual(["loc1"]);
  },
);

test.each(["tokens.put", "tokens", "installations.put"] as const)(
  "%s fails for two seconds: the code is used once, and the account is connected",
  async (part) => {
    const all = setup();
    all.away.add(part);
    all.time.after(2_000, () => all.away.clear());
    expect(await all.callBack()).toMatchObject({ status: 200, text: expect.stringContaining("Connected") });
    expect(all.platform.counts.exchanges).toBe(1);
    expect(all.bound).toEqual(["loc1"]);
    expect(await all.memory.tokens.get(location)).toBeDefined();
    expect(await all.memory.installations.get(location)).toMatchObject({ state: "active" });
  },
);

test("a reconnect that cannot be stored leaves the installation and its pair as they were", async () => {
  const all = setup();
  await all.callBack();
  const before = await all.memory.tokens.get(location);
  all.away.add("tokens.put");
  expect((await all.callBack()).status).toBe(503);
  expect(await all.memory.tokens.get(location)).toEqual(before);
  expect(await all.memory.installations.get(location)).toMatchObject({ state: "active" });
});

test("states that cannot be kept: not connected, because a state counts once only", async () => {
  const all = setup();
  all.away.add("states.remember");
  expect(await all.callBack()).toMatchObject({ status: 503, text: expect.stringContaining("Not connected") });
  expect(all.bound).toEqual([]);
  expect(await all.memory.tokens.get(location)).toBeUndefined();
});

test("onInstalled fails: the page says that the app is installed and not linked", async () => {
  const all = setup(() => {
    throw new Error("the app's own database");
  });
  expect(await all.callBack()).toMatchObject({ status: 500, text: expect.stringMatching(/The app is installed, but linking/) });
  expect(await all.memory.installations.get(location)).toMatchObject({ state: "active" });
});
