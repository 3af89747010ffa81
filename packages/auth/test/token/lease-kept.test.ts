import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type LeaseStore } from "@ghlkit/storage";
import { beforeEach, expect, test } from "vitest";
import { createFakePlatform } from "../fake-platform.ts";
import { digestAtOnce } from "../simulation/simulation.ts";
import { endpointOf, failingPuts, location, managerOf, seed } from "../token-setup.ts";

// Digests come from other threads, for which virtual time would not wait.
beforeEach(digestAtOnce);

/** Advances in small steps, with turns of the event loop for WebCrypto between them. */
async function pass(time: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    await new Promise((resolve) => setImmediate(resolve));
    await time.advance(50);
  }
}

test("a pair that waits to be stored keeps its lease: no other process uses the spent refresh token, however long that lasts", async () => {
  const time = createManualClock();
  const platform = createFakePlatform({ reuse: "revoke-family", now: time.now });
  const memory = createMemoryStorage({ clock: time });
  await seed(platform, memory, location, -1, time.now());
  let down = true;
  const holder = managerOf(platform, { stores: failingPuts(memory, () => down), clock: time });
  const other = managerOf(platform, { stores: memory, clock: time });
  const first = holder.manager.liveToken(location);
  await pass(time, 1_000);
  const pair = await first;
  const waiting = other.manager.liveToken(location);
  // Four times as long as a lease.
  await pass(time, 60_000);
  expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
  down = false;
  await pass(time, 5_000);
  expect((await waiting).accessToken).toBe(pair.accessToken);
  expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
  expect(holder.events.map(({ type }) => type)).toEqual(["token_write_failed", "token_refreshed", "token_write_recovered"]);
  // The lease is free again.
  expect(await memory.leases.acquire("token/abc123-def/location/loc1", { ttlMs: 1_000, owner: "third" })).toMatchObject({ held: true });
});

test("a lease store that restarts empty during a refresh: the holder takes its lease again, and others wait for its pair", async () => {
  const time = createManualClock();
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const platform = createFakePlatform({ reuse: "revoke-family", now: time.now });
  const memory = createMemoryStorage({ clock: time });
  let current = memory.leases;
  const leases: LeaseStore = {
    acquire: (...input) => current.acquire(...input),
    renew: (...input) => current.renew(...input),
    release: (...input) => current.release(...input),
  };
  const stores = { ...memory, leases };
  await seed(platform, memory, location, -1, time.now());
  const endpoint = endpointOf(platform, {}, time.now);
  const slow = {
    ...endpoint,
    refresh: async (...input: Parameters<typeof endpoint.refresh>) => {
      const pair = await endpoint.refresh(...input);
      await answered;
      return pair;
    },
  };
  const holder = managerOf(platform, { stores, clock: time, endpoint: slow });
  const other = managerOf(platform, { stores, clock: time });
  const first = holder.manager.liveToken(location);
  await pass(time, 500);
  current = createMemoryStorage({ clock: time }).leases;
  const second = other.manager.liveToken(location);
  await pass(time, 40_000);
  answer();
  await pass(time, 2_000);
  expect((await second).accessToken).toBe((await first).accessToken);
  expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
});
