import { describe, expect, test } from "vitest";
import { ghlError, isGhlError } from "@ghlkit/core";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { createFakePlatform } from "../fake-platform.ts";
import { company, endpointOf, failingPuts, hastyClock, location, managerOf, seed, slow } from "../token-setup.ts";

const random = (from: number, to: number): number => from + Math.random() * (to - from);

describe("one refresh at a time", () => {
  test("20 calls in 80 ms on an expiring token and a slow store: no refresh token twice, none fails", async () => {
    const platform = createFakePlatform({ reuse: "revoke-family", latencyMs: () => random(5, 20) });
    const stores = createMemoryStorage();
    await seed(platform, stores, location, 1_000);
    const { manager } = managerOf(platform, { stores: slow(stores, () => random(5, 60)) });
    const calls = Array.from({ length: 20 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 4));
      return manager.liveToken(location);
    });
    const pairs = await Promise.all(calls);
    expect(new Set(pairs.map((pair) => pair.accessToken)).size).toBe(1);
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
  });

  test("four managers on one store refresh once", async () => {
    const platform = createFakePlatform({ reuse: "revoke-family", latencyMs: () => random(5, 20) });
    const stores = createMemoryStorage();
    await seed(platform, stores, location, 1_000);
    const managers = Array.from({ length: 4 }, () => managerOf(platform, { stores: slow(stores, () => random(1, 10)) }).manager);
    const pairs = await Promise.all(managers.flatMap((manager) => Array.from({ length: 10 }, () => manager.liveToken(location))));
    expect(new Set(pairs.map((pair) => pair.accessToken)).size).toBe(1);
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
  });

  test("10 locations of one expired company token: one company refresh, ten mints", async () => {
    const platform = createFakePlatform({ latencyMs: () => random(1, 10) });
    const stores = createMemoryStorage();
    await seed(platform, stores, company, -1_000);
    const { manager } = managerOf(platform, { stores, companyOf: async () => "com1" });
    const principals = Array.from({ length: 10 }, (_, index) => ({ ...location, resource: `loc${index}` }));
    await Promise.all([...principals, ...principals].map((principal) => manager.liveToken(principal)));
    expect(platform.counts).toMatchObject({ refreshes: 1, mints: 10, reused: 0 });
    expect((await stores.tokens.get({ ...location, resource: "loc3" }))?.companyId).toBe("com1");
  });

  test("a warm token asks nobody", async () => {
    const platform = createFakePlatform();
    const { manager, stores } = managerOf(platform);
    const pair = await seed(platform, stores, location, 3_600_000);
    for (let call = 0; call < 3; call += 1) expect((await manager.liveToken(location)).accessToken).toBe(pair.accessToken);
    expect(platform.seen).toHaveLength(0);
  });

  test("an abort ends only the caller's wait", async () => {
    const platform = createFakePlatform({ latencyMs: () => 20 });
    const { manager, stores } = managerOf(platform);
    await seed(platform, stores, location, 1_000);
    const abort = new AbortController();
    const left = manager.liveToken(location, { signal: abort.signal });
    const stays = manager.liveToken(location);
    abort.abort();
    await expect(left).rejects.toMatchObject({ code: "aborted" });
    expect((await stays).accessToken).toMatch(/^access-secret/);
  });
});

describe("a refused access token", () => {
  test("is replaced once for all who saw it refused", async () => {
    const platform = createFakePlatform();
    const { manager, stores } = managerOf(platform);
    const { accessToken } = await seed(platform, stores, location, 3_600_000);
    await manager.liveToken(location);
    const pairs = await Promise.all(Array.from({ length: 5 }, () => manager.liveToken(location, { rejected: accessToken })));
    expect(pairs.every((pair) => pair.accessToken !== accessToken)).toBe(true);
    expect(platform.counts.refreshes).toBe(1);
  });
});

describe("an uninstall while a location token is being minted", () => {
  const loc9 = { ...location, resource: "loc9" };

  test.each([
    ["before the answer", "mint"],
    ["between the answer and the write", "answered"],
    ["during the write", "put"],
  ])("%s: no token is left behind", async (_when, point) => {
    const platform = createFakePlatform();
    const stores = createMemoryStorage();
    await seed(platform, stores, company, 3_600_000);
    let uninstalled = false;
    // Another process does it: it knows nothing of this mint.
    const uninstall = async (at: string): Promise<void> => {
      if (at !== point) return;
      uninstalled = true;
      await stores.tokens.delete(loc9);
    };
    const endpoint = endpointOf(platform);
    const { manager, events } = managerOf(platform, {
      stores: {
        ...stores,
        tokens: {
          ...stores.tokens,
          put: async (record, expected) => {
            if (record.principal.kind === "location") await uninstall("put");
            return stores.tokens.put(record, expected);
          },
        },
      },
      companyOf: async () => (uninstalled ? undefined : "com1"),
      isUninstalled: async () => uninstalled,
      endpoint: {
        ...endpoint,
        mint: async (...asked) => {
          await uninstall("mint");
          const pair = await endpoint.mint(...asked);
          await uninstall("answered");
          return pair;
        },
      },
    });
    await expect(manager.liveToken(loc9)).rejects.toMatchObject({ code: "token_revoked", message: /uninstalled meanwhile/ });
    expect(await stores.tokens.get(loc9)).toBeUndefined();
    await expect(manager.liveToken(loc9)).rejects.toMatchObject({ code: "token_revoked" });
    expect(events).toEqual([]);
  });
});

describe("failures", () => {
  test.each(["500", "unsent", "429"] as const)("%s is passing: asked again, nothing marked", async (fault) => {
    const clock = hastyClock();
    const platform = createFakePlatform({ now: clock.now });
    const { manager, stores, events } = managerOf(platform, { clock });
    await seed(platform, stores, location, -1, clock.now());
    platform.faults.push(fault, fault);
    expect((await manager.liveToken(location)).accessToken).toMatch(/^access/);
    expect(events.map((event) => event.type)).toEqual(["refresh_failed", "refresh_recovered", "token_refreshed"]);
  });

  test("while the endpoint is down, a token that still lives is used", async () => {
    const clock = hastyClock();
    const platform = createFakePlatform({ now: clock.now });
    const { manager, stores } = managerOf(platform, { clock });
    const { accessToken } = await seed(platform, stores, location, 200_000, clock.now());
    platform.faults.push("500", "500", "500", "500");
    expect((await manager.liveToken(location)).accessToken).toBe(accessToken);
    const asked = platform.seen.length;
    await manager.liveToken(location);
    expect(platform.seen).toHaveLength(asked);
    clock.shift(11_000);
    expect((await manager.liveToken(location)).accessToken).not.toBe(accessToken);
  });

  test("an inactive location keeps its refresh token and works again", async () => {
    const clock = hastyClock();
    const platform = createFakePlatform({ now: clock.now });
    const { manager, stores, events } = managerOf(platform, { clock });
    const { refreshToken } = await seed(platform, stores, location, -1, clock.now());
    platform.state.inactive = true;
    await expect(manager.liveToken(location)).rejects.toMatchObject({ code: "resource_inactive" });
    expect(await stores.tokens.get(location)).toMatchObject({ refreshToken });
    expect((await stores.tokens.get(location))?.intent).toBeUndefined();
    platform.state.inactive = false;
    clock.shift(1_000);
    await manager.liveToken(location);
    expect(events.map((event) => event.type)).toEqual(["suspended", "reactivated", "token_refreshed"]);
  });

  test("a dead grant is told once, with its reason, and not asked for again", async () => {
    const platform = createFakePlatform();
    const { manager, stores, events } = managerOf(platform);
    await seed(platform, stores, location, -1);
    platform.families[0]!.revoked = true;
    await expect(manager.liveToken(location)).rejects.toThrow(/needs_reconnect: location loc1: The platform refused the refresh token/);
    const asked = platform.seen.length;
    await expect(manager.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
    expect(platform.seen).toHaveLength(asked);
    expect(events).toMatchObject([{ type: "needs_reconnect", principal: location }]);
  });

  test("invalid_grant because somebody else won: the winner's pair is used", async () => {
    const platform = createFakePlatform();
    const stores = createMemoryStorage();
    const old = await seed(platform, stores, location, -1);
    const endpoint = endpointOf(platform);
    const winner = await endpoint.refresh(old);
    const { manager, events } = managerOf(platform, {
      stores,
      endpoint: {
        ...endpoint,
        refresh: async (pair) => {
          const stands = await stores.tokens.get(location);
          await stores.tokens.put(winner, { expectedVersion: stands?.version ?? 0 });
          return endpoint.refresh(pair);
        },
      },
    });
    expect((await manager.liveToken(location)).accessToken).toBe(winner.accessToken);
    expect(events).toEqual([]);
  });
});

describe("a write that fails", () => {
  test("once: nothing is lost", async () => {
    const platform = createFakePlatform({ reuse: "revoke-family" });
    const memory = createMemoryStorage();
    await seed(platform, memory, location, -1);
    let failures = 1;
    const { manager } = managerOf(platform, { stores: failingPuts(memory, () => failures-- > 0) });
    const pair = await manager.liveToken(location);
    expect((await memory.tokens.get(location))?.accessToken).toBe(pair.accessToken);
  });

  test("for long: the pair is used from memory, told, and stored when the store is back", async () => {
    const clock = hastyClock();
    const platform = createFakePlatform({ reuse: "revoke-family", now: clock.now });
    const memory = createMemoryStorage({ clock });
    await seed(platform, memory, location, -1, clock.now());
    let down = true;
    const { manager, events } = managerOf(platform, { clock, stores: failingPuts(memory, () => down) });
    const pair = await manager.liveToken(location);
    expect(events.map((event) => event.type)).toEqual(["token_write_failed", "token_refreshed"]);
    manager.invalidate(location);
    expect((await manager.liveToken(location)).accessToken).toBe(pair.accessToken);
    down = false;
    manager.invalidate(location);
    await manager.liveToken(location);
    expect((await memory.tokens.get(location))?.accessToken).toBe(pair.accessToken);
    expect(events.at(-1)?.type).toBe("token_write_recovered");
    expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
  });
});

describe("a process that dies between the answer and the write", () => {
  test.each([
    ["grace", true],
    ["reject", false],
    ["revoke-family", false],
  ] as const)("under %s the next holder lives: %s", async (reuse, lives) => {
    const clock = hastyClock();
    const platform = createFakePlatform({ reuse, now: clock.now });
    const stores = createMemoryStorage({ clock });
    const pair = await seed(platform, stores, location, -1, clock.now());
    const stored = await stores.tokens.get(location);
    const { fingerprint } = await import("../../src/token/fingerprint.ts");
    const noted = { refreshTokenFingerprint: await fingerprint(pair.refreshToken ?? ""), owner: "dead", attempt: 1 };
    await stores.tokens.recordIntent(location, noted, { expectedVersion: stored?.version ?? 0 });
    await endpointOf(platform).refresh(pair);
    const { manager } = managerOf(platform, { stores, clock });
    const outcome = await manager.liveToken(location).then(
      () => "alive",
      (error: unknown) => (isGhlError(error, "token_revoked") ? error.message : "other"),
    );
    if (lives) expect(outcome).toBe("alive");
    else expect(outcome).toMatch(/needs_reconnect.*answer was lost/);
  });
});

test("refreshDue keeps idle installations alive and reports those it could not", async () => {
  const platform = createFakePlatform();
  const { manager, stores } = managerOf(platform);
  const near = await seed(platform, stores, location, 3_600_000);
  const stands = await stores.tokens.get(location);
  await stores.tokens.put({ ...near, refreshExpiresAt: Date.now() + 86_400_000 }, { expectedVersion: stands?.version ?? 0 });
  await seed(platform, stores, company, 3_600_000);
  expect(await manager.refreshDue()).toEqual({ refreshed: 1, failed: 0, failures: [] });
  expect((await stores.tokens.get(location))?.refreshToken).not.toBe(near.refreshToken);
  expect(platform.counts.refreshes).toBe(1);
});

test("refreshDue over thousands: four at a time, page by page, the first hundred failures named", async () => {
  const platform = createFakePlatform();
  const memory = createMemoryStorage();
  let pulled = 0;
  let done = 0;
  let running = 0;
  let most = 0;
  let ahead = 0;
  const stores: Stores = {
    ...memory,
    tokens: {
      ...memory.tokens,
      async *list(query) {
        for await (const pair of memory.tokens.list(query)) {
          pulled += 1;
          ahead = Math.max(ahead, pulled - done);
          yield pair;
        }
      },
    },
  };
  const pair = await seed(platform, memory, location, 3_600_000);
  for (let index = 0; index < 2_000; index += 1) {
    const principal = { ...location, resource: `due${index}` };
    await memory.tokens.put({ ...pair, principal, refreshExpiresAt: 1_000 }, { expectedVersion: 0 });
  }
  const { manager } = managerOf(platform, {
    stores,
    endpoint: {
      ...endpointOf(platform),
      refresh: async (before) => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        done += 1;
        if (done % 10 === 0) throw ghlError("resource_inactive", "paused", { status: 400 });
        return { ...before, refreshExpiresAt: Date.now() + 365 * 86_400_000 };
      },
    },
  });
  const report = await manager.refreshDue();
  expect(report).toMatchObject({ refreshed: 1_800, failed: 200 });
  expect(report.failures).toHaveLength(100);
  expect(most).toBe(4);
  expect(ahead).toBeLessThanOrEqual(4);
  await expect(manager.refreshDue({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
});
