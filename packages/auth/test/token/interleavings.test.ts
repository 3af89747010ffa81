import fc from "fast-check";
import { createMemoryStorage } from "@ghlkit/storage";
import { isGhlError } from "@ghlkit/core";
import { createManualClock, runOnClock, type ManualClock } from "@ghlkit/core/testing";
import { expect, test } from "vitest";
import { createFakePlatform, type ReusePolicy } from "../fake-platform.ts";
import { endpointOf, failingPuts, location, managerOf, seed } from "../token-setup.ts";

/** Steps that two processes on one store take in any order, several at once. */
const step = fc.record({
  what: fc.constantFrom("call", "rejected", "crash", "install", "uninstall", "write-fails"),
  by: fc.nat(1),
  together: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** The owner of an unfinished refresh has to be silent for a lease: on the machine's clock one run would take 15 s and more. */
async function run(clock: ManualClock, steps: readonly Step[], reuse: ReusePolicy): Promise<void> {
  const platform = createFakePlatform({ reuse, now: clock.now });
  const stores = createMemoryStorage({ clock });
  let fails = 0;
  const shared = failingPuts(stores, () => fails-- > 0);
  const managers = [managerOf(platform, { stores: shared, clock }).manager, managerOf(platform, { stores: shared, clock }).manager];
  const endpoint = endpointOf(platform, {}, clock.now);
  await seed(platform, stores, location, -1, clock.now());
  let crashed = false;
  const act = async ({ what, by }: Step): Promise<void> => {
    const manager = managers[by]!;
    const stands = await stores.tokens.get(location);
    if (what === "install") await manager.adopt(await endpoint.exchange(platform.code({ userType: "Location", locationId: "loc1" })));
    else if (what === "uninstall") await manager.forget(location);
    else if (what === "write-fails") fails = 1;
    else if (what === "crash" && stands?.refreshToken !== undefined) {
      crashed = true;
      await endpoint.refresh(stands).catch(() => undefined);
    } else await manager.liveToken(location, { rejected: what === "rejected" ? stands?.accessToken : undefined });
  };
  let running: Promise<void>[] = [];
  for (const one of steps) {
    running.push(
      act(one).catch((error: unknown) => {
        if (!isGhlError(error, "token_revoked")) throw error;
      }),
    );
    if (one.together) continue;
    await Promise.all(running);
    running = [];
  }
  await Promise.all(running);
  if (!crashed) expect(platform.counts.reused).toBe(0);
  const stored = await stores.tokens.get(location);
  if (stored?.refreshToken === undefined || crashed) return;
  const family = platform.families.find((one) => one.refresh === stored.refreshToken);
  expect(family?.revoked).toBe(false);
}

test("any interleaving: the stored pair is the platform's newest or dead with a reason, and none is used twice without a crash", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 10 }),
      fc.constantFrom<ReusePolicy>("grace", "reject", "revoke-family"),
      async (steps, reuse) => {
        const clock = createManualClock();
        await runOnClock(clock, () => run(clock, steps, reuse));
      },
    ),
    { numRuns: 300 },
  );
});
