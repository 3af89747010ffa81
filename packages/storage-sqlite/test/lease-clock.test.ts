import { describe, expect, it } from "vitest";
import { createSqliteStorage, type SqliteStores } from "../src/index.ts";

interface Setup {
  readonly storage: SqliteStores;
  readonly wall: { now: number };
  readonly steady: { now: number };
}

function setup(): Setup {
  const wall = { now: 1_700_000_000_000 };
  const steady = { now: 5_000_000_000 };
  const clock = { now: () => wall.now };
  return { storage: createSqliteStorage({ path: ":memory:", clock, steadyClock: () => steady.now, clockToleranceMs: 0 }), wall, steady };
}

describe("leases and the clocks of the machine", () => {
  it.each([60_000, -60_000, 86_400_000])("a wall clock that is stepped by %d ms neither ends a lease nor prolongs it", async (stepMs) => {
    const { storage, wall, steady } = setup();
    const held = await storage.leases.acquire("refresh", { ttlMs: 15_000, owner: "one" });
    wall.now += stepMs;
    expect(await storage.leases.acquire("refresh", { ttlMs: 15_000, owner: "two" })).toMatchObject({ held: false, holder: "one" });
    expect(await storage.leases.renew("refresh", { ttlMs: 15_000, fence: held.held ? held.fence : 0 })).toMatchObject({ held: true });
    steady.now += 15_000;
    expect(await storage.leases.acquire("refresh", { ttlMs: 15_000, owner: "two" })).toMatchObject({ held: true });
    await storage.close();
  });

  it("a lease of before the machine was started anew blocks no one", async () => {
    const { storage, steady } = setup();
    await storage.leases.acquire("refresh", { ttlMs: 15_000, owner: "one" });
    steady.now = 1_000;
    expect(await storage.leases.acquire("refresh", { ttlMs: 15_000, owner: "two" })).toMatchObject({ held: true });
    expect(await storage.leases.acquire("refresh", { ttlMs: 15_000, owner: "three" })).toMatchObject({ held: false, holder: "two" });
    await storage.close();
  });

  it("refuses a lease that is longer than one can be told from such a rest", async () => {
    const { storage } = setup();
    await expect(storage.leases.acquire("refresh", { ttlMs: 600_001, owner: "one" })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await storage.leases.acquire("refresh", { ttlMs: 600_000, owner: "one" })).toMatchObject({ held: true });
    expect(await storage.leases.acquire("refresh", { ttlMs: 600_000, owner: "two" })).toMatchObject({ held: false });
    await storage.close();
  });
});
