import type { StateStore } from "../state-store.ts";
import { difficult } from "./samples.ts";
import { rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

const ttlMs = 600_000;

/** What every {@link StateStore} must do. Run it with the functions of your test runner. */
export function describeStateStore(factory: StoreFactory<StateStore>, runner: SuiteRunner): void {
  runner.describe("StateStore", () => {
    const test = testsWith(factory, runner);

    test("accepts a nonce once, with what was kept beside it", async ({ store, other }, expect) => {
      await store.remember("n-1", { ttlMs, data: difficult });
      await store.remember("n-2", { ttlMs });
      expect(await other.consume("n-1")).toEqual({ valid: true, data: difficult });
      expect(await store.consume("n-1")).toEqual({ valid: false, reason: "used" });
      expect(await other.consume("n-1")).toEqual({ valid: false, reason: "used" });
      expect(await other.consume("n-2")).toEqual({ valid: true, data: {} });
    });

    test("refuses a nonce it never gave out", async ({ store }, expect) => {
      await store.remember("n-1", { ttlMs });
      expect(await store.consume("N-1")).toEqual({ valid: false, reason: "unknown" });
      expect(await store.consume("n-1 ")).toEqual({ valid: false, reason: "unknown" });
    });

    test("refuses an expired nonce, used or not", async ({ store, advance }, expect) => {
      await store.remember("n-1", { ttlMs });
      await store.remember("n-2", { ttlMs });
      await store.remember("later", { ttlMs: 2 * ttlMs });
      await advance(ttlMs - 5000);
      expect((await store.consume("n-2")).valid).toBe(true);
      await advance(5000);
      expect(await store.consume("n-1")).toEqual({ valid: false, reason: "expired" });
      expect((await store.consume("n-2")).valid).toBe(false);
      expect((await store.consume("later")).valid).toBe(true);
    });

    test("lets one of many win", async ({ store, other }, expect) => {
      await store.remember("n-1", { ttlMs });
      const results = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? store : other).consume("n-1")));
      expect(results.filter(({ valid }) => valid).length).toBe(1);
    });

    test("brings no nonce back to life", async ({ store, other }, expect) => {
      await store.remember("n-1", { ttlMs });
      expect((await rejection(other.remember("n-1", { ttlMs }))).code).toBe("invalid_request");
      await store.consume("n-1");
      const { code, text } = await rejection(store.remember("n-1", { ttlMs }));
      expect([code, text.includes("n-1")]).toEqual(["invalid_request", false]);
      expect(await store.consume("n-1")).toEqual({ valid: false, reason: "used" });
    });

    test("forgets old nonces, and a forgotten one stays refused", async ({ store, advance }, expect) => {
      await store.remember("old", { ttlMs });
      await advance(3 * 86_400_000);
      await store.remember("new", { ttlMs });
      expect(await store.consume("old")).toEqual({ valid: false, reason: "unknown" });
      expect((await store.consume("new")).valid).toBe(true);
    });

    test("refuses nonces and times that are none", async ({ store }, expect) => {
      for (const wrong of [() => store.remember("", { ttlMs }), () => store.remember("a", { ttlMs: 0 }), () => store.consume("")])
        expect((await rejection(wrong())).code).toBe("invalid_request");
    });
  });
}
