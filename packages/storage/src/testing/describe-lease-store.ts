import type { LeaseResult, LeaseStore } from "../lease-store.ts";
import { rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

const ttlMs = 30_000;

/** What every {@link LeaseStore} must do. Run it with the functions of your test runner. */
export function describeLeaseStore(factory: StoreFactory<LeaseStore>, runner: SuiteRunner): void {
  runner.describe("LeaseStore", () => {
    const test = testsWith(factory, runner);

    test("grants a free lease and refuses it to everyone else, the holder included", async ({ store, other, leaseGraceMs }, expect) => {
      expect((await store.acquire("refresh", { ttlMs, owner: "one" })).held).toBe(true);
      for (const owner of ["two", "one"]) {
        const refused = await other.acquire("refresh", { ttlMs, owner });
        expect(refused.held ? undefined : refused.holder).toBe("one");
        const wait = refused.held ? 0 : refused.retryAfterMs;
        expect(wait > ttlMs / 2 && wait <= ttlMs + leaseGraceMs).toBe(true);
      }
    });

    test("keeps names apart", async ({ store }, expect) => {
      for (const name of ["a", "b", "A", "ü 🦷"]) expect((await store.acquire(name, { ttlMs, owner: "one" })).held).toBe(true);
    });

    test("grants it again after release, with a higher fence each time", async ({ store, other }, expect) => {
      let last = 0;
      for (let round = 0; round < 10; round += 1) {
        const through = round % 2 === 0 ? store : other;
        const fence = fenceOf(await through.acquire("refresh", { ttlMs, owner: "one" }));
        expect(fence > last).toBe(true);
        last = fence;
        expect(await through.release("refresh", { fence })).toEqual({ released: true });
        expect(await through.release("refresh", { fence })).toEqual({ released: false });
      }
    });

    test("survives a dead holder: the lease ends by itself, and the fence grows", async ({
      store,
      other,
      advance,
      leaseGraceMs,
    }, expect) => {
      const dead = fenceOf(await store.acquire("refresh", { ttlMs, owner: "dead" }));
      await advance(ttlMs - 5000);
      expect((await other.acquire("refresh", { ttlMs, owner: "next" })).held).toBe(false);
      await advance(5000 + leaseGraceMs);
      const next = fenceOf(await other.acquire("refresh", { ttlMs, owner: "next" }));
      expect(next > dead).toBe(true);
      // The dead one wakes up: it can neither prolong nor end what is no longer its own.
      const late = await store.renew("refresh", { ttlMs, fence: dead });
      expect(late.held ? undefined : late.holder).toBe("next");
      expect(await store.release("refresh", { fence: dead })).toEqual({ released: false });
      expect((await store.acquire("refresh", { ttlMs, owner: "third" })).held).toBe(false);
    });

    test("renews from now on", async ({ store, other, advance }, expect) => {
      const fence = fenceOf(await store.acquire("refresh", { ttlMs, owner: "one" }));
      for (let round = 0; round < 3; round += 1) {
        await advance(ttlMs / 2);
        const renewed = await store.renew("refresh", { ttlMs, fence });
        expect(fenceOf(renewed)).toBe(fence);
      }
      await advance(ttlMs / 2);
      expect((await other.acquire("refresh", { ttlMs, owner: "two" })).held).toBe(false);
    });

    test("does not renew a lease that has ended, even if it was not taken", async ({ store, advance, leaseGraceMs }, expect) => {
      const fence = fenceOf(await store.acquire("refresh", { ttlMs, owner: "one" }));
      await advance(ttlMs + leaseGraceMs);
      const refused = await store.renew("refresh", { ttlMs, fence });
      expect(refused).toEqual({ held: false, retryAfterMs: 0 });
      expect(await store.release("refresh", { fence })).toEqual({ released: false });
      expect(await store.renew("never", { ttlMs, fence: 1 })).toEqual({ held: false, retryAfterMs: 0 });
    });

    test("lets one of many win, time after time", async ({ store, other, advance, leaseGraceMs }, expect) => {
      for (let round = 0; round < 3; round += 1) {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? store : other).acquire("refresh", { ttlMs, owner: `${at}` })),
        );
        expect(results.filter(({ held }) => held).length).toBe(1);
        await advance(ttlMs + leaseGraceMs);
      }
    });

    test("refuses names, owners and times that are none", async ({ store }, expect) => {
      const wrong = [
        () => store.acquire("", { ttlMs, owner: "one" }),
        () => store.acquire("a", { ttlMs, owner: "" }),
        () => store.acquire("a", { ttlMs: 0, owner: "one" }),
        () => store.acquire("a", { ttlMs: Number.NaN, owner: "one" }),
        () => store.renew("a", { ttlMs: -1, fence: 1 }),
      ];
      for (const attempt of wrong) expect((await rejection(attempt())).code).toBe("invalid_request");
    });
  });
}

function fenceOf(result: LeaseResult): number {
  if (!result.held) throw new Error(`The lease was refused: ${JSON.stringify(result)}`);
  return result.fence;
}
