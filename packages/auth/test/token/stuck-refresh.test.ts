import { ghlError, isGhlError, type Clock } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { beforeEach, describe, expect, test } from "vitest";
import { fingerprint } from "../../src/token/fingerprint.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { digestAtOnce } from "../simulation/simulation.ts";
import { company, endpointOf, failingPuts, location, managerOf, seed } from "../token-setup.ts";

// Digests come from other threads, for which virtual time would not wait.
beforeEach(digestAtOnce);

const day = 86_399_000;
const clock = (): ReturnType<typeof createManualClock> => createManualClock(Date.now());

/** A pair whose refresh token another process has used, or is about to use; it says nothing more. */
async function abandoned(stores: Stores, platform: ReturnType<typeof createFakePlatform>, leftMs: number, now: number): Promise<void> {
  const pair = await seed(platform, stores, location, leftMs, now);
  const stored = await stores.tokens.get(location);
  const noted = { refreshTokenFingerprint: await fingerprint(pair.refreshToken ?? ""), owner: "stopped", attempt: 1 };
  await stores.tokens.recordIntent(location, noted, { expectedVersion: stored?.version ?? 0 });
  await endpointOf(platform).refresh(pair);
}

/** Advances a manual clock in steps that let everything between them happen, WebCrypto included, until the promise settles. */
async function passing<Result>(time: ReturnType<typeof createManualClock>, promise: Promise<Result>): Promise<Result> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  while (!settled) {
    await new Promise((resolve) => setImmediate(resolve));
    await time.advance(20);
  }
  return promise;
}

describe("a refresh of another process that has no known outcome", () => {
  test("is left alone while the access token works, reported once, and tried once near its end", async () => {
    const time = clock();
    const platform = createFakePlatform({ reuse: "grace", now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await abandoned(stores, platform, day / 3, time.now());
    const { manager, events } = managerOf(platform, { stores, clock: time });
    const old = await stores.tokens.get(location);
    for (let hour = 0; hour < 7; hour += 1) {
      expect((await manager.liveToken(location)).accessToken).toBe(old?.accessToken);
      await time.advance(3_600_000);
    }
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
    const retryAt = (old?.expiresAt ?? 0) - 300_000;
    expect(events).toEqual([{ type: "refresh_stuck", principal: location, since: old?.intent?.at, retryAt }]);
    await time.advance(retryAt - time.now() + 1_000);
    // Shortly before the end calls still work while the owner's silence is being watched.
    const pair = await passing(time, manager.liveToken(location));
    expect(pair.accessToken).not.toBe(old?.accessToken);
    expect(platform.counts).toMatchObject({ reused: 1 });
    expect(events.map(({ type }) => type)).toEqual(["refresh_stuck", "refresh_recovered", "token_refreshed"]);
  });

  test("is tried once near the end of the access token, whose calls go on, and again only after that end", async () => {
    const time = clock();
    const platform = createFakePlatform({ reuse: "grace", now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await seed(platform, stores, location, 290_000, time.now());
    const { manager } = managerOf(platform, { stores, clock: time });
    const old = await stores.tokens.get(location);
    const sends = (): number => platform.seen.length;
    for (let call = 0; call < 57; call += 1) {
      platform.faults.splice(0, platform.faults.length, "lost");
      expect((await passing(time, manager.liveToken(location))).accessToken).toBe(old?.accessToken);
      await time.advance(5_000);
    }
    expect(sends()).toBeLessThanOrEqual(2);
    platform.faults.length = 0;
    await time.advance(10_000);
    const renewed = passing(time, manager.liveToken(location)).catch(() => undefined);
    await renewed;
    await time.advance(60_000);
    expect((await passing(time, manager.liveToken(location))).accessToken).not.toBe(old?.accessToken);
  });

  test("is tried once after a 401: the access token does not work any more", async () => {
    const time = clock();
    const platform = createFakePlatform({ reuse: "reject", now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await abandoned(stores, platform, day / 3, time.now());
    const { manager, events } = managerOf(platform, { stores, clock: time });
    const rejected = (await manager.liveToken(location)).accessToken;
    for (let call = 0; call < 5; call += 1)
      await expect(passing(time, manager.liveToken(location, { rejected }))).rejects.toMatchObject({ code: "token_revoked" });
    expect(platform.counts.reused).toBe(1);
    expect(events.at(-1)).toMatchObject({ type: "needs_reconnect", reason: /answer was lost/ });
  });

  test("is refused by refreshDue, which names it", async () => {
    const time = clock();
    const platform = createFakePlatform({ now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await abandoned(stores, platform, day, time.now());
    const { manager } = managerOf(platform, { stores, clock: time });
    const report = await manager.refreshDue({ withinMs: 400 * day });
    expect(report).toMatchObject({ refreshed: 0, failed: 1, failures: [{ error: { code: "network", sent: false } }] });
    expect(platform.counts.reused).toBe(0);
  });
});

describe("a refresh of its own whose answer was lost", () => {
  test("is left alone while the access token works: no second request for hours", async () => {
    const time = clock();
    const platform = createFakePlatform({ reuse: "revoke-family", now: time.now });
    const stores = createMemoryStorage({ clock: time });
    const old = await seed(platform, stores, location, day / 2 - 1, time.now());
    await stores.tokens.put({ ...old, issuedAt: old.expiresAt - day }, { expectedVersion: 1 });
    platform.faults.push("lost");
    const { manager, events } = managerOf(platform, { stores, clock: time });
    for (let hour = 0; hour < 11; hour += 1) {
      expect((await manager.liveToken(location)).accessToken).toBe(old.accessToken);
      await time.advance(3_600_000);
    }
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
    expect(events.map(({ type }) => type)).toEqual(["refresh_failed", "refresh_stuck"]);
  });

  test("is tried once more when the access token has ended, and then refused for good", async () => {
    const time = clock();
    const platform = createFakePlatform({ reuse: "reject", now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await seed(platform, stores, location, -1, time.now());
    platform.faults.push("lost");
    const { manager } = managerOf(platform, { stores, clock: time });
    await expect(passing(time, manager.liveToken(location))).rejects.toMatchObject({ code: "token_revoked" });
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 1 });
  });

  test.each(["500", "429", "unsent"] as const)("%s is no such loss: nothing is stuck", async (fault) => {
    const time = clock();
    const platform = createFakePlatform({ reuse: "revoke-family", now: time.now });
    const stores = createMemoryStorage({ clock: time });
    const old = await seed(platform, stores, location, day / 2 - 1, time.now());
    await stores.tokens.put({ ...old, issuedAt: old.expiresAt - day }, { expectedVersion: 1 });
    platform.faults.push(fault);
    const { manager, events } = managerOf(platform, { stores, clock: time });
    expect((await manager.liveToken(location)).accessToken).toBe(old.accessToken);
    expect((await stores.tokens.get(location))?.intent).toBeUndefined();
    await time.advance(11_000);
    expect((await manager.liveToken(location)).accessToken).not.toBe(old.accessToken);
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
    expect(events.map(({ type }) => type)).toEqual(["refresh_failed", "refresh_recovered", "token_refreshed"]);
  });
});

test("where the answer of that attempt is lost as well, calls fail at once, and the next attempts come after 30 s and more", async () => {
  const time = clock();
  const platform = createFakePlatform({ reuse: "reject", now: time.now });
  const stores = createMemoryStorage({ clock: time });
  await seed(platform, stores, location, -1, time.now());
  const { manager } = managerOf(platform, {
    stores,
    clock: time,
    endpoint: {
      ...endpointOf(platform),
      refresh: async () => {
        platform.seen.push({ url: "refresh", headers: {}, body: "" });
        throw ghlError("network", "lost", { sent: true });
      },
    },
  });
  const sent: number[] = [];
  for (let second = 0; second < 120; second += 1) {
    await expect(passing(time, manager.liveToken(location))).rejects.toMatchObject({ code: "network" });
    sent.push(platform.seen.length);
    await time.advance(1_000);
  }
  expect(sent[0]).toBe(2);
  expect(sent[25]).toBe(2);
  expect(sent.at(-1)).toBeGreaterThanOrEqual(3);
  expect(sent.at(-1)).toBeLessThanOrEqual(4);
});

describe("a refusal is not asked for again at every call", () => {
  test("a refresh token whose mark cannot be stored", async () => {
    const time = clock();
    const platform = createFakePlatform({ now: time.now });
    const memory = createMemoryStorage({ clock: time });
    await seed(platform, memory, location, -1, time.now());
    platform.families[0]!.revoked = true;
    let down = true;
    const { manager } = managerOf(platform, { stores: failingPuts(memory, () => down), clock: time });
    for (let call = 0; call < 5; call += 1) {
      await expect(passing(time, manager.liveToken(location))).rejects.toMatchObject({ code: "token_revoked" });
      await time.advance(120_000);
    }
    expect(platform.seen).toHaveLength(1);
    down = false;
    await expect(passing(time, manager.liveToken(location))).rejects.toMatchObject({ code: "token_revoked" });
    expect((await memory.tokens.get(location))?.refreshToken).toBeUndefined();
    expect(platform.seen).toHaveLength(1);
  });

  test("a client secret that the platform does not accept", async () => {
    const time = clock();
    const platform = createFakePlatform({ now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await seed(platform, stores, location, -1, time.now());
    const endpoint = endpointOf(platform, { clientSecret: "other-secret" }, time.now);
    const { manager } = managerOf(platform, { stores, clock: time, endpoint });
    for (let call = 0; call < 10; call += 1) await expect(manager.liveToken(location)).rejects.toSatisfy((error) => isGhlError(error));
    expect(platform.seen).toHaveLength(1);
    await time.advance(1_000);
    await expect(manager.liveToken(location)).rejects.toSatisfy((error) => isGhlError(error));
    expect(platform.seen).toHaveLength(2);
  });

  test("a mint that the platform refuses, and one whose company has no usable token", async () => {
    const time = clock();
    const platform = createFakePlatform({ now: time.now });
    const stores = createMemoryStorage({ clock: time });
    await seed(platform, stores, company, day, time.now());
    platform.expireAccess("com1");
    platform.families[0]!.revoked = true;
    const { manager } = managerOf(platform, { stores, clock: time, companyOf: async () => "com1" });
    for (let call = 0; call < 10; call += 1) await expect(manager.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
    // The mint, and the refresh of the company's token after it.
    expect(platform.seen).toHaveLength(2);
  });

  test("one that comes while the access token works fails no call", async () => {
    const time: Clock & { advance: (ms: number) => Promise<void> } = clock();
    const platform = createFakePlatform({ now: time.now });
    const stores = createMemoryStorage({ clock: time });
    const old = await seed(platform, stores, location, day / 2 - 1, time.now());
    await stores.tokens.put({ ...old, issuedAt: old.expiresAt - day }, { expectedVersion: 1 });
    platform.families[0]!.revoked = true;
    const { manager, events } = managerOf(platform, { stores, clock: time });
    // The refusal is an event; the access token works on.
    const first = await manager.liveToken(location).catch((error: unknown) => error);
    expect(first).toMatchObject({ accessToken: old.accessToken });
    expect((await manager.liveToken(location)).accessToken).toBe(old.accessToken);
    expect(platform.seen).toHaveLength(1);
    expect(events.map(({ type }) => type)).toEqual(["needs_reconnect"]);
  });
});
