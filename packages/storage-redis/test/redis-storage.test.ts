import { afterAll, describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import { describeLeaseStore, describeRateWindow, type StoreUnderTest } from "@ghlkit/storage/testing";
import { createRedisStorage, type RedisStores } from "../src/index.ts";
import { startRedis } from "@ghlkit/test-servers/redis";

const redis = await startRedis();
const url = redis?.url ?? "";
let tests = 0;

afterAll(() => redis?.kill());

/** Two connections to keys of their own, with a clock that can be moved. */
function twoConnections(): StoreUnderTest<RedisStores> {
  let offset = 0;
  const options = { url, prefix: `test-${(tests += 1)}`, clockOffsetMs: () => offset };
  const [store, other] = [createRedisStorage(options), createRedisStorage(options)];
  const close = async (): Promise<void> => {
    await store.close();
    await other.close();
  };
  return { store, other, advance: (ms) => void (offset += ms), close };
}

function only<Name extends "rates" | "leases">(name: Name): () => StoreUnderTest<RedisStores[Name]> {
  return () => {
    const { store, other = store, ...rest } = twoConnections();
    return { ...rest, store: store[name], other: other[name] };
  };
}

describe.skipIf(redis === undefined)("Redis", () => {
  describeRateWindow(only("rates"), { describe, it, expect });
  describeLeaseStore(only("leases"), { describe, it, expect });

  it("a restart in the middle loses its memory: callers who knew more get nothing for a window", async () => {
    const { rates, close } = createRedisStorage({ url, prefix: "restart" });
    const settings = { limit: 10, windowMs: 10_000, leaseMs: 60_000 };
    const before = await rates.reserve("b", { ...settings, reservation: "1", count: 10 });
    expect(before.granted).toBe(10);
    await redis?.kill();
    const down: unknown = await rates.reserve("b", { ...settings, reservation: "2", count: 1 }).catch((error: unknown) => error);
    expect(isGhlError(down, "storage") && down.reason).toBe("unavailable");
    await redis?.start();
    const ask = () => rates.reserve("b", { ...settings, reservation: "3", count: 1, seen: before.taken });
    let after = await ask().catch(() => undefined);
    for (let tries = 0; after === undefined && tries < 50; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      after = await ask().catch(() => undefined);
    }
    expect(after).toMatchObject({ granted: 0, taken: 10 });
    await close();
  });

  it.each(["http://x", "redis", ""])("refuses %j for a URL", (wrong) => {
    expect(() => createRedisStorage({ url: wrong })).toThrow(/redis:\/\//);
  });
});

it("says unavailable when nobody answers, soon, and shows no password", async () => {
  const { rates, close } = createRedisStorage({ url: "redis://u:very-secret@127.0.0.1:1", timeoutMs: 200 });
  const settings = { limit: 1, windowMs: 1000, leaseMs: 1000, reservation: "r", count: 1 };
  const error: unknown = await rates.reserve("b", settings).catch((caught: unknown) => caught);
  expect(isGhlError(error, "storage") && error.reason).toBe("unavailable");
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("very-secret");
  await close();
});
