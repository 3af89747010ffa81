import type { Inbox } from "../inbox/inbox.ts";
import { describeInboxOrder } from "./describe-inbox-order.ts";
import { describeInboxQueries } from "./describe-inbox-queries.ts";
import { sampleDelivery } from "./sample-delivery.ts";
import { rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

const leaseMs = 60_000;
const claimAll = { owner: "worker-1", limit: 100, leaseMs };

/** What every {@link Inbox} must do. Run it with the functions of your test runner. */
export function describeInbox(factory: StoreFactory<Inbox>, runner: SuiteRunner): void {
  runner.describe("Inbox", () => {
    const test = testsWith(factory, runner);

    test("keeps a delivery as it came, once", async ({ store, other }, expect) => {
      const delivery = sampleDelivery("d-1", { synthetic: true, headers: { "x-note": "ä\u2028" } });
      expect(await store.insert(delivery)).toBe("new");
      expect(await other.insert({ ...delivery, body: Uint8Array.of(1), entity: "contact:other" })).toBe("duplicate");
      const { body, seq, ...rest } = (await other.get("d-1")) ?? { body: undefined, seq: 0 };
      const { body: sent, ...expected } = delivery;
      expect([...(body ?? [])]).toEqual([...sent]);
      expect(seq > 0).toBe(true);
      expect(rest).toEqual({ ...expected, state: "waiting", attempts: 0, duplicates: 1 });
      expect(await store.get("d-2")).toBe(undefined);
    });

    test("takes one of many that bring the same delivery", async ({ store, other }, expect) => {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? store : other).insert(sampleDelivery("d-1"))),
      );
      expect(outcomes.filter((outcome) => outcome === "new").length).toBe(1);
      expect((await store.get("d-1"))?.duplicates).toBe(19);
    });

    test("keeps a delivery without a resource and with an empty body", async ({ store, other }, expect) => {
      const { resource: _none, ...delivery } = sampleDelivery("d-1");
      await store.insert(delivery);
      expect("resource" in ((await other.get("d-1")) ?? {})).toBe(false);
    });

    test("gives a delivery to one worker, and not again when it is done", async ({ store, other }, expect) => {
      for (const id of ["d-1", "d-2", "d-3"]) await store.insert(sampleDelivery(id));
      const claims = (await Promise.all([store.claim(claimAll), other.claim(claimAll)])).flat();
      expect(claims.map(({ delivery }) => delivery.id).toSorted()).toEqual(["d-1", "d-2", "d-3"]);
      expect(claims.map(({ delivery, stale }) => [delivery.attempts, stale])).toEqual([[1, false], [1, false], [1, false]]); // prettier-ignore
      for (const claimed of claims) expect(await other.complete(claimed, "done")).toEqual({ completed: true });
      expect(await store.claim(claimAll)).toEqual([]);
      const done = await store.get("d-1");
      expect([done?.state, typeof done?.finishedAt]).toEqual(["done", "number"]);
    });

    test("claims no more than asked for", async ({ store }, expect) => {
      for (const id of ["d-1", "d-2", "d-3"]) await store.insert(sampleDelivery(id));
      expect((await store.claim({ ...claimAll, limit: 2 })).length).toBe(2);
      expect((await store.claim({ ...claimAll, limit: 2 })).length).toBe(1);
    });

    test("gives a dead worker's delivery to another, and refuses the first when it comes back", async ({
      store,
      other,
      advance,
    }, expect) => {
      await store.insert(sampleDelivery("d-1"));
      const [first] = await store.claim(claimAll);
      if (first === undefined) throw new Error("nothing was claimed");
      expect(await other.claim(claimAll)).toEqual([]);
      await advance(leaseMs + 1);
      const [second] = await other.claim({ ...claimAll, owner: "worker-2" });
      if (second === undefined) throw new Error("nothing was claimed");
      expect(second.delivery.attempts).toBe(2);
      let effects = 0;
      const effect = (): void => void (effects += 1);
      expect(await store.complete(first, "done", effect)).toEqual({ completed: false });
      expect(await store.fail(first, { error: "late" })).toEqual({ failed: false });
      expect(await store.renew(first, { leaseMs })).toEqual({ held: false });
      await store.release(first);
      expect((await store.get("d-1"))?.attempts).toBe(2);
      expect(await other.complete(second, "done", effect)).toEqual({ completed: true });
      expect(effects).toBe(1);
    });

    test("lets a worker that renews keep its delivery", async ({ store, other, advance }, expect) => {
      await store.insert(sampleDelivery("d-1"));
      const [claimed] = await store.claim(claimAll);
      if (claimed === undefined) throw new Error("nothing was claimed");
      await advance(leaseMs - 1000);
      expect(await store.renew(claimed, { leaseMs })).toEqual({ held: true });
      await advance(leaseMs - 1000);
      expect(await other.claim(claimAll)).toEqual([]);
      expect(await store.complete(claimed, "ignored")).toEqual({ completed: true });
      expect((await other.get("d-1"))?.state).toBe("ignored");
    });

    test("commits nothing of an effect that fails", async ({ store }, expect) => {
      await store.insert(sampleDelivery("d-1"));
      const [claimed] = await store.claim(claimAll);
      if (claimed === undefined) throw new Error("nothing was claimed");
      const wrong = new Error("the effect failed");
      const caught: unknown = await store
        .complete(claimed, "done", () => {
          throw wrong;
        })
        .catch((error: unknown) => error);
      expect(caught).toBe(wrong);
      expect((await store.get("d-1"))?.state).toBe("waiting");
      expect(await store.complete(claimed, "done")).toEqual({ completed: true });
    });

    test("tries a failed delivery again at its time, and buries one that is given up", async ({ store, other, advance }, expect) => {
      await store.insert(sampleDelivery("d-1"));
      const [first] = await store.claim(claimAll);
      if (first === undefined) throw new Error("nothing was claimed");
      expect(await store.fail(first, { error: "not yet", retryInMs: 30_000 })).toEqual({ failed: true });
      expect((await store.get("d-1"))?.error).toBe("not yet");
      await advance(29_000);
      expect(await other.claim(claimAll)).toEqual([]);
      await advance(1001);
      const [second] = await other.claim(claimAll);
      if (second === undefined) throw new Error("nothing was claimed");
      expect(await other.fail(second, { error: "never" })).toEqual({ failed: true });
      await advance(86_400_000);
      expect(await store.claim(claimAll)).toEqual([]);
      const dead = await store.get("d-1");
      expect([dead?.state, dead?.error, dead?.attempts]).toEqual(["dead", "never", 2]);
    });

    test("takes a delivery back that was not begun", async ({ store, other }, expect) => {
      await store.insert(sampleDelivery("d-1"));
      const [claimed] = await store.claim(claimAll);
      if (claimed === undefined) throw new Error("nothing was claimed");
      await store.release(claimed);
      const [again] = await other.claim(claimAll);
      expect([again?.delivery.id, again?.delivery.attempts]).toEqual(["d-1", 1]);
    });

    test("notifies its own process of what is new", async ({ store }, expect) => {
      let notified = 0;
      const end = store.watch(() => (notified += 1));
      await store.insert(sampleDelivery("d-1"));
      await store.insert(sampleDelivery("d-1"));
      await Promise.resolve();
      expect(notified).toBe(1);
      end();
      await store.insert(sampleDelivery("d-2"));
      await Promise.resolve();
      expect(notified).toBe(1);
    });

    test("refuses what it cannot keep", async ({ store }, expect) => {
      for (const wrong of [{ id: "" }, { entity: "" }, { type: "a\nb" }, { occurredAt: Number.NaN }, { receivedAt: 1.5 }])
        expect((await rejection(store.insert(sampleDelivery("d-1", wrong)))).code).toBe("invalid_request");
      expect((await rejection(store.claim({ ...claimAll, limit: 0 }))).code).toBe("invalid_request");
      expect((await rejection(store.query({ limit: 1001 }))).code).toBe("invalid_request");
      expect((await rejection(store.query({ after: "x" }))).code).toBe("invalid_request");
    });

    describeInboxOrder(test);
    describeInboxQueries(test);
  });
}
