import type { Journal, JournalStart } from "../journal.ts";
import { difficult } from "./samples.ts";
import { rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

const leaseMs = 30_000;

/** What every {@link Journal} must do. Run it with the functions of your test runner. */
export function describeJournal(factory: StoreFactory<Journal>, runner: SuiteRunner): void {
  runner.describe("Journal", () => {
    const test = testsWith(factory, runner);

    test("lets one of many start, and gives the outcome to those who come later", async ({ store, other }, expect) => {
      const starts = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? store : other).start("message-1", { leaseMs })),
      );
      expect(starts.filter(({ started }) => started).length).toBe(1);
      expect(await other.finish("message-1", { attempt: 1, outcome: difficult })).toEqual({ finished: true });
      const late = await store.start("message-1", { leaseMs });
      expect(entryOf(late)?.state).toBe("finished");
      expect(entryOf(late)?.outcome).toEqual(difficult);
      expect(await store.finish("message-1", { attempt: 1, outcome: "again" })).toEqual({ finished: false });
    });

    test("keeps keys apart, and an effect without outcome has none", async ({ store }, expect) => {
      for (const key of ["a", "A", "ü 🦷"]) expect((await store.start(key, { leaseMs })).started).toBe(true);
      await store.finish("a", { attempt: 1 });
      expect((await store.get("a"))?.outcome).toBe(undefined);
      expect((await store.get("A"))?.state).toBe("started");
      expect(await store.get("b")).toBe(undefined);
    });

    test("lets an effect that certainly did not happen be started again", async ({ store, other }, expect) => {
      await store.start("m", { leaseMs });
      expect(await other.abandon("m", { attempt: 1 })).toEqual({ abandoned: true });
      expect(await other.abandon("m", { attempt: 1 })).toEqual({ abandoned: false });
      expect((await store.start("m", { leaseMs })).started).toBe(true);
    });

    test("lets one attempt follow another only when the lease is over and the attempt is named", async ({
      store,
      other,
      advance,
    }, expect) => {
      await store.start("m", { leaseMs });
      const early = await other.start("m", { leaseMs, after: 1 });
      expect(early.started ? 0 : early.leaseMs > leaseMs / 2 && early.leaseMs <= leaseMs).toBe(true);
      await advance(leaseMs);
      const blind = await other.start("m", { leaseMs });
      expect(blind.started ? undefined : blind.leaseMs).toBe(0);
      const many = await Promise.all(Array.from({ length: 10 }, () => other.start("m", { leaseMs, after: 1 })));
      expect(many.filter(({ started }) => started)).toEqual([{ started: true, attempt: 2 }]);
      // The first one wakes up: it no longer counts.
      expect(await store.finish("m", { attempt: 1, outcome: 1 })).toEqual({ finished: false });
      expect(await store.abandon("m", { attempt: 1 })).toEqual({ abandoned: false });
      expect(await store.finish("m", { attempt: 2, outcome: 2 })).toEqual({ finished: true });
      expect((await other.start("m", { leaseMs, after: 2 })).started).toBe(false);
    });

    test("lets the attempt at work keep its lease, and no other", async ({ store, other, advance }, expect) => {
      await store.start("m", { leaseMs });
      await store.start("other", { leaseMs });
      const startedAt = (await store.get("m"))?.startedAt;
      await advance(20_000);
      expect(await store.extend("m", { attempt: 1, leaseMs })).toEqual({ extended: true });
      await advance(20_000);
      const early = await other.start("m", { leaseMs, after: 1 });
      expect(early.started ? 0 : early.leaseMs > 0 && early.leaseMs <= leaseMs).toBe(true);
      expect((await store.get("m"))?.startedAt).toBe(startedAt);
      expect((await other.start("other", { leaseMs, after: 1 })).started).toBe(true);
      // Late, and in time all the same: no other attempt followed.
      await advance(leaseMs);
      expect(await store.extend("m", { attempt: 1, leaseMs: 1000 })).toEqual({ extended: true });
      await advance(1000);
      expect(await other.start("m", { leaseMs, after: 1 })).toEqual({ started: true, attempt: 2 });
      expect(await store.extend("m", { attempt: 1, leaseMs })).toEqual({ extended: false });
      await other.finish("m", { attempt: 2 });
      expect(await other.extend("m", { attempt: 2, leaseMs })).toEqual({ extended: false });
      expect(await store.extend("nothing", { attempt: 1, leaseMs })).toEqual({ extended: false });
    });

    test("lists what was not finished, oldest first", async ({ store, advance }, expect) => {
      for (const key of ["b", "a", "done"]) {
        await store.start(key, { leaseMs });
        await advance(1000);
      }
      await store.finish("done", { attempt: 1 });
      await store.start("new", { leaseMs });
      const keys = async (query?: { olderThanMs?: number; limit?: number }): Promise<string[]> =>
        (await store.unfinished(query)).map(({ key }) => key);
      expect(await keys()).toEqual(["b", "a", "new"]);
      expect(await keys({ olderThanMs: 1000 })).toEqual(["b", "a"]);
      expect(await keys({ limit: 1 })).toEqual(["b"]);
    });

    test("forgets what was finished long ago, and nothing else", async ({ store, advance }, expect) => {
      for (const key of ["old", "open"]) await store.start(key, { leaseMs });
      await store.finish("old", { attempt: 1 });
      await advance(60_000);
      await store.start("new", { leaseMs });
      await store.finish("new", { attempt: 1 });
      expect(await store.prune({ olderThanMs: 30_000 })).toEqual({ pruned: 1 });
      expect([await store.get("old"), (await store.get("new"))?.state, (await store.get("open"))?.state]).toEqual([
        undefined,
        "finished",
        "started",
      ]);
    });

    test("refuses keys, times and outcomes that are none", async ({ store }, expect) => {
      const circle: Record<string, unknown> = {};
      circle["self"] = circle;
      await store.start("m", { leaseMs });
      const wrong = [
        () => store.start("", { leaseMs }),
        () => store.start("a", { leaseMs: 0 }),
        () => store.extend("m", { attempt: 1, leaseMs: 0 }),
        () => store.finish("m", { attempt: 1, outcome: circle }),
        () => store.get("a\n"),
      ];
      for (const attempt of wrong) expect((await rejection(attempt())).code).toBe("invalid_request");
    });
  });
}

function entryOf(start: JournalStart): { readonly state: string; readonly outcome?: unknown } | undefined {
  return start.started ? undefined : start.entry;
}
