import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { oauth } from "../../src/index.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { appOptions, location, managerOf, seed } from "../token-setup.ts";

test("a process that holds a token in memory stops handing it out within recheckMs of an UNINSTALL that another one applied", async () => {
  const time = createManualClock();
  const platform = createFakePlatform({ now: time.now });
  const stores = createMemoryStorage({ clock: time });
  const [first, other] = [0, 1].map(() => oauth({ ...appOptions, stores, fetch: platform.fetch, clock: time }));
  await first!.installations.connect(await first!.endpoint.exchange(platform.code({ userType: "Location", locationId: "loc1" })));
  await other!.tokens.liveToken(location);
  await first!.installations.apply({ type: "UNINSTALL", locationId: "loc1" });
  await expect(first!.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
  await time.advance(5_000);
  await expect(other!.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
  await expect(other!.tokens.liveToken(location)).rejects.toMatchObject({ code: "token_revoked" });
});

test("a pair that another process replaced is used from then on", async () => {
  const time = createManualClock();
  const platform = createFakePlatform({ now: time.now });
  const stores = createMemoryStorage({ clock: time });
  await seed(platform, stores, location, 86_399_000, time.now());
  const [one, two] = [0, 1].map(() => managerOf(platform, { stores, clock: time, recheckMs: 2_000 }).manager);
  const old = await one!.liveToken(location);
  const renewed = await two!.liveToken(location, { rejected: old.accessToken });
  await time.advance(2_000);
  expect((await one!.liveToken(location)).accessToken).toBe(renewed.accessToken);
  expect(platform.counts.refreshes).toBe(1);
});

test("the store is asked once per recheckMs, however many calls there are; one that fails ends no call", async () => {
  const time = createManualClock();
  const platform = createFakePlatform({ now: time.now });
  const memory = createMemoryStorage({ clock: time });
  const pair = await seed(platform, memory, location, 86_399_000, time.now());
  let reads = 0;
  let down = false;
  const get: typeof memory.tokens.get = async (principal) => {
    reads += 1;
    if (down) throw new Error("disk");
    return memory.tokens.get(principal);
  };
  const { manager } = managerOf(platform, { stores: { ...memory, tokens: { ...memory.tokens, get } }, clock: time });
  await manager.liveToken(location);
  reads = 0;
  const calls = async (): Promise<void> => {
    const pairs = await Promise.all(Array.from({ length: 50 }, () => manager.liveToken(location)));
    expect(pairs.every(({ accessToken }) => accessToken === pair.accessToken)).toBe(true);
  };
  await calls();
  expect(reads).toBe(0);
  await time.advance(5_000);
  await calls();
  await calls();
  expect(reads).toBe(1);
  down = true;
  await time.advance(5_000);
  await calls();
  expect(reads).toBe(2);
});
