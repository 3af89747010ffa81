import type { RateGrant, RateRequest, RateWindow } from "../rate-window.ts";
import { rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

const settings = { limit: 10, windowMs: 10_000, leaseMs: 60_000 };
const bucket = "app-a location loc-1";

/** What every {@link RateWindow} must do. Run it with the functions of your test runner. `advance` is also asked to set the clock back. */
export function describeRateWindow(factory: StoreFactory<RateWindow>, runner: SuiteRunner): void {
  runner.describe("RateWindow", () => {
    const test = testsWith(factory, runner);

    test("grants up to the limit, however many ask at the same time, and keeps buckets apart", async ({ store, other }, expect) => {
      const grants = await Promise.all(
        Array.from({ length: 20 }, (_, at) => ask(at % 2 === 0 ? store : other, { reservation: `r-${at}`, count: 3 })),
      );
      expect(sum(grants)).toBe(10);
      expect((await ask(store, { reservation: "late", count: 1 })).granted).toBe(0);
      expect((await store.reserve("other bucket", { ...settings, reservation: "x", count: 3 })).granted).toBe(3);
    });

    test("frees a slot one window after its answer, not after its grant", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 10 });
      await advance(8000);
      await other.settle(bucket, [{ reservation: "r", answered: 10 }], settings);
      await advance(9000);
      const early = await ask(store, { reservation: "early", count: 1 });
      expect([early.granted, (early.retryAfterMs ?? 0) > 500 && (early.retryAfterMs ?? 0) <= 1001]).toEqual([0, true]);
      await advance(1001);
      expect((await ask(store, { reservation: "in time", count: 20 })).granted).toBe(10);
    });

    test("never books the future: who asks first does not get what comes free later", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 10 });
      for (let at = 0; at < 5; at += 1) await ask(store, { reservation: `w-${at}`, count: 10 });
      await store.settle(bucket, [{ reservation: "r", answered: 10 }], settings);
      await advance(10_001);
      expect((await ask(other, { reservation: "urgent", count: 10 })).granted).toBe(10);
    });

    test("gives an unsent slot back at once, and one whose grant got lost", async ({ store, other }, expect) => {
      await ask(store, { reservation: "r", count: 10 });
      const back = await other.settle(bucket, [{ reservation: "r", unsent: 4 }], settings);
      expect([back.free, back.spentToday]).toEqual([4, 6]);
      // The caller never got this grant, yet can name it.
      await ask(store, { reservation: "lost", count: 4 });
      const asked = await ask(store, { reservation: "next", count: 9, reports: [{ reservation: "lost", unsent: 9 }] });
      expect(asked.granted).toBe(4);
      expect((await other.settle(bucket, [{ reservation: "never", unsent: 5 }], settings)).free).toBe(0);
    });

    test("gives the slots of a dead caller back when its lease ends", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "dead", count: 10 });
      await advance(50_000);
      expect((await ask(other, { reservation: "early", count: 1 })).granted).toBe(0);
      await advance(10_000);
      expect((await ask(other, { reservation: "next", count: 5 })).granted).toBe(5);
      // It was alive after all: its answers are held like any others.
      const late = await store.settle(bucket, [{ reservation: "dead", answered: 10 }], settings);
      expect([late.free, late.inFlight]).toEqual([0, 5]);
    });

    test("learns limit and window, never above the caller's own", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 1 });
      const rate = { limit: 25, windowMs: 2000, remaining: 24 };
      const learned = await store.settle(bucket, [{ reservation: "r", answered: 1, rate }], settings);
      expect([learned.limit, learned.windowMs, learned.free]).toEqual([25, 2000, 24]);
      const bounded = await other.reserve(bucket, { ...settings, maxLimit: 7, reservation: "b", count: 20 });
      expect([bounded.limit, bounded.granted]).toEqual([7, 6]);
      await other.settle(bucket, [{ reservation: "b", answered: 6 }], settings);
      await advance(2001);
      expect((await ask(store, { reservation: "after", count: 30 })).granted).toBe(25);
    });

    test("holds what other clients of the bucket spent", async ({ store, advance }, expect) => {
      await ask(store, { reservation: "r", count: 2 });
      const rate = { limit: 10, remaining: 3 };
      const learned = await store.settle(bucket, [{ reservation: "r", answered: 2, rate }], settings);
      // Three are left, less what others may have spent since.
      expect([learned.free >= 2, learned.free <= 3]).toEqual([true, true]);
      // They may have spent again by now: one goes ahead and learns.
      await advance(10_050);
      expect((await ask(store, { reservation: "scout", count: 20 })).granted).toBe(1);
      expect((await ask(store, { reservation: "behind", count: 20 })).granted).toBe(0);
      await store.settle(bucket, [{ reservation: "scout", answered: 1, rate: { limit: 10, remaining: 8 } }], settings);
      // One more was spent, and another may have been since.
      const { granted } = await ask(store, { reservation: "sure", count: 20 });
      expect([granted >= 6, granted <= 8]).toEqual([true, true]);
      await store.settle(bucket, [{ reservation: "sure", answered: granted, rate: { limit: 10, remaining: 8 - granted } }], settings);
      await advance(30_000);
      expect((await ask(store, { reservation: "alone", count: 20 })).granted).toBe(10);
    });

    test("sends no more than answers left for certain, for a window after a silence", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "scouts", count: 2 });
      await ask(other, { reservation: "beside", count: 2 });
      await store.settle(bucket, [{ reservation: "scouts", answered: 2, rate: { limit: 10, remaining: 8 } }], settings);
      // The two beside may not have been counted yet.
      expect((await ask(store, { reservation: "sure", count: 20 })).granted).toBe(6);
      await other.settle(bucket, [{ reservation: "beside", answered: 2 }], settings);
      await store.settle(bucket, [{ reservation: "sure", answered: 6 }], settings);
      await advance(20_000);
      expect((await ask(store, { reservation: "later", count: 20 })).granted).toBe(10);
    });

    test("after a surprise refusal is closed for everyone; then one goes ahead alone", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 1 });
      await store.settle(bucket, [{ reservation: "r", answered: 1, refusedForMs: 3000 }], settings);
      const closed = await ask(other, { reservation: "closed", count: 5 });
      expect([closed.granted, (closed.retryAfterMs ?? 0) > 2000]).toEqual([0, true]);
      await advance(3001);
      expect((await ask(store, { reservation: "trial", count: 5 })).granted).toBe(1);
      expect((await ask(other, { reservation: "beside", count: 5 })).granted).toBe(0);
      await store.settle(bucket, [{ reservation: "trial", answered: 1 }], settings);
      expect((await ask(other, { reservation: "all", count: 5 })).granted).toBe(5);
    });

    test("others leave urgent calls as many slots as those used lately", async ({ store, other, advance }, expect) => {
      const keepFree = 3;
      const urgent = async (name: string, count: number): Promise<number> =>
        (await ask(other, { reservation: name, count, urgent: count, keepFree, reports: [] })).granted;
      for (const window of [1, 2, 3]) {
        expect(await urgent(`person-${window}`, 4)).toBe(4);
        await other.settle(bucket, [{ reservation: `person-${window}`, answered: 4 }], settings);
        await advance(10_050);
      }
      // The first four are three windows ago by now: eight in two, three a window.
      expect((await ask(store, { reservation: "bulk-1", count: 9, keepFree })).granted).toBe(7);
      expect((await ask(store, { reservation: "bulk-2", count: 9, keepFree })).granted).toBe(0);
      // Of four wanted, two are urgent.
      expect((await ask(other, { reservation: "mixed", count: 4, urgent: 2, keepFree })).granted).toBe(2);
      // One is usual and not in use: the last.
      expect((await ask(store, { reservation: "bulk-3", count: 9, keepFree })).granted).toBe(0);
      expect(await urgent("person-4", 4)).toBe(1);
      await advance(60_000);
      expect((await ask(store, { reservation: "bulk-4", count: 9, keepFree })).granted).toBe(9);
    });

    test("counts the day: what is left is kept for urgent work, and nothing goes beyond", async ({ store, other, advance }, expect) => {
      const day = { ...settings, limit: 100, dailyLimit: 20 };
      expect((await store.reserve(bucket, { ...day, reservation: "bulk", count: 100, keepDaily: 5 })).granted).toBe(15);
      expect((await other.reserve(bucket, { ...day, reservation: "urgent", count: 100 })).granted).toBe(5);
      const over = await store.reserve(bucket, { ...day, reservation: "over", count: 1 });
      expect([over.granted, over.leftToday, over.spentToday]).toEqual([0, 0, 20]);
      const back = await store.settle(bucket, [{ reservation: "bulk", unsent: 1, answered: 14 }], day);
      expect(back.leftToday).toBe(1);
      await other.settle(bucket, [{ reservation: "urgent", answered: 5 }], day);
      await advance(86_400_000);
      const next = await other.reserve(bucket, { ...day, reservation: "tomorrow", count: 20 });
      expect([next.granted, next.spentToday]).toEqual([20, 20]);
    });

    test("believes the platform's day, until the end it stated", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 2 });
      const first = { dailyRemaining: 4, dailyResetsInMs: 50_000 };
      const settled = await store.settle(bucket, [{ reservation: "r", answered: 1, rate: first }], settings);
      // One is still under way, and may not have been counted.
      expect(settled.leftToday).toBe(3);
      expect((settled.dayEndsInMs ?? 0) > 40_000).toBe(true);
      await store.settle(bucket, [{ reservation: "r", answered: 1, rate: { dailyRemaining: 0, dailyResetsInMs: 50_000 } }], settings);
      await advance(11_000);
      const none = await ask(other, { reservation: "none", count: 1 });
      expect([none.granted, none.leftToday]).toEqual([0, 0]);
      await advance(39_000);
      expect((await ask(other, { reservation: "again", count: 3 })).granted).toBe(3);
    });

    test("a clock that is set back closes nothing for longer than it was to be", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 2 });
      await store.settle(bucket, [{ reservation: "r", answered: 1, refusedForMs: 3000 }], settings);
      await advance(-3_600_000);
      const closed = await ask(other, { reservation: "closed", count: 1 });
      expect([closed.granted, (closed.retryAfterMs ?? 0) > 2000, (closed.retryAfterMs ?? Infinity) <= 3000]).toEqual([0, true, true]);
      await advance(3001);
      await store.settle(bucket, [{ reservation: "r", answered: 1, rate: { dailyRemaining: 0 } }], settings);
      await advance(-7_200_000);
      expect((await ask(other, { reservation: "no calls left", count: 1 })).leftToday).toBe(0);
      // It is not known when the day ends: after an hour one call may find out.
      await advance(3_600_001);
      expect((await ask(other, { reservation: "again", count: 1 })).granted).toBe(1);
    });

    test("nor does it make a day longer whose end the platform stated", async ({ store, other, advance }, expect) => {
      await ask(store, { reservation: "r", count: 1 });
      const rate = { dailyRemaining: 0, dailyResetsInMs: 80_000_000 };
      await store.settle(bucket, [{ reservation: "r", answered: 1, rate }], settings);
      await advance(-36_000_000);
      const closed = await ask(other, { reservation: "closed", count: 1 });
      expect([closed.leftToday, (closed.dayEndsInMs ?? Infinity) <= 86_400_000]).toEqual([0, true]);
      await advance(86_400_001);
      expect((await ask(other, { reservation: "next day", count: 1 })).granted).toBe(1);
    });

    test("a store that knows less than its callers lost its memory, and holds every slot for a window", async ({
      store,
      other,
      advance,
    }, expect) => {
      const lost = await ask(store, { reservation: "r", count: 1, seen: 500 });
      expect([lost.granted, lost.lost, lost.taken]).toEqual([0, true, 500]);
      expect((await ask(other, { reservation: "new process", count: 1 })).granted).toBe(0);
      await advance(10_001);
      const after = await ask(store, { reservation: "after", count: 3, seen: 500 });
      expect([after.granted, after.lost]).toEqual([3, false]);
    });

    test("refuses what is none, and changes nothing", async ({ store }, expect) => {
      const wrong = [
        () => ask(store, { reservation: "", count: 1 }),
        () => ask(store, { reservation: "r", count: -1 }),
        () => ask(store, { reservation: "r", count: 1.5 }),
        () => store.reserve("", { ...settings, reservation: "r", count: 1 }),
        () => store.reserve(bucket, { ...settings, limit: 0, reservation: "r", count: 1 }),
        () => store.settle(bucket, [{ reservation: "r", answered: -1 }], settings),
      ];
      for (const attempt of wrong) expect((await rejection(attempt())).code).toBe("invalid_request");
      expect((await store.settle(bucket, [], settings)).free).toBe(10);
    });
  });
}

type SlotRequest = Pick<RateRequest, "reservation" | "count" | "urgent" | "keepFree" | "seen" | "reports">;

function ask(store: RateWindow, request: SlotRequest): Promise<RateGrant> {
  return store.reserve(bucket, { ...settings, ...request });
}

function sum(grants: readonly RateGrant[]): number {
  return grants.reduce((total, { granted }) => total + granted, 0);
}
