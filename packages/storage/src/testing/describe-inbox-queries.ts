import type { Inbox } from "../inbox/inbox.ts";
import type { InboxQuery } from "../inbox/inbox-query.ts";
import { sampleDelivery } from "./sample-delivery.ts";
import type { testsWith } from "./store-under-test.ts";

const claimAll = { owner: "worker-1", limit: 1000, leaseMs: 60_000 };
const minute = 60_000;

/** Looking, replaying, forgetting, and signs of life. */
export function describeInboxQueries(test: ReturnType<typeof testsWith<Inbox>>): void {
  test("finds by time, type, resource, entity and state, newest first", async ({ store, other }, expect) => {
    await fill(store);
    const ids = async (query: InboxQuery): Promise<readonly string[]> => (await other.query(query)).deliveries.map(({ id }) => id);
    expect(await ids({})).toEqual(["d-4", "d-3", "d-2", "d-1"]);
    expect(await ids({ since: 2000, until: 4000 })).toEqual(["d-3", "d-2"]);
    expect(await ids({ type: "ContactCreate" })).toEqual(["d-3", "d-1"]);
    expect(await ids({ resource: "loc-2" })).toEqual(["d-4", "d-3"]);
    expect(await ids({ resource: "loc-2", type: "ContactCreate", since: 1000 })).toEqual(["d-3"]);
    expect(await ids({ entity: "contact:d-2" })).toEqual(["d-2"]);
    expect(await ids({ state: "done" })).toEqual(["d-1"]);
    expect(await ids({ state: "dead" })).toEqual(["d-2"]);
    expect(await ids({ state: "waiting", type: "ContactUpdate" })).toEqual(["d-4"]);
    expect(await ids({ type: "InvoicePaid" })).toEqual([]);
  });

  test("pages through everything once, arrivals of one moment too", async ({ store }, expect) => {
    for (let at = 0; at < 25; at += 1) await store.insert(sampleDelivery(`d-${at}`, { receivedAt: 1000 + (at % 3) }));
    const seen: string[] = [];
    for (let after: string | undefined = ""; after !== undefined;) {
      const page: Awaited<ReturnType<Inbox["query"]>> = await store.query({ limit: 4, ...(after === "" ? {} : { after }) });
      seen.push(...page.deliveries.map(({ id }) => id));
      after = page.next;
    }
    expect(seen.length).toBe(25);
    expect(new Set(seen).size).toBe(25);
  });

  test("knows its backlog", async ({ store }, expect) => {
    expect(await store.backlog()).toEqual({ waiting: 0, dead: 0 });
    await fill(store);
    expect(await store.backlog()).toEqual({ waiting: 2, dead: 1, oldestWaitingAt: 3000 });
  });

  test("replays one, or what a query finds, and nothing that waits already", async ({ store, other }, expect) => {
    await fill(store);
    expect(await other.replay({ id: "d-4" })).toEqual({ replayed: 0 });
    expect(await other.replay({ state: "dead" })).toEqual({ replayed: 1 });
    expect(await other.replay({ state: "dead" })).toEqual({ replayed: 0 });
    expect(await other.replay({ id: "d-1" })).toEqual({ replayed: 1 });
    expect(await other.replay({ id: "unknown" })).toEqual({ replayed: 0 });
    const claims = await store.claim(claimAll);
    expect(claims.map(({ delivery }) => delivery.id).toSorted()).toEqual(["d-1", "d-2", "d-3", "d-4"]);
    expect(claims.find(({ delivery }) => delivery.id === "d-2")?.delivery.attempts).toBe(1);
    for (const claimed of claims) await store.complete(claimed, "done");
    expect(await store.backlog()).toEqual({ waiting: 0, dead: 0 });
  });

  test("replays what failed behind a later one of its entity, and says that it is stale", async ({ store }, expect) => {
    const entity = "contact:c-1";
    await store.insert(sampleDelivery("first", { entity, occurredAt: 100 }));
    await store.insert(sampleDelivery("second", { entity, occurredAt: 200 }));
    const claimOne = async (): Promise<Awaited<ReturnType<Inbox["claim"]>>[number]> => {
      const [claimed] = await store.claim(claimAll);
      if (claimed === undefined) throw new Error("nothing was claimed");
      return claimed;
    };
    await store.fail(await claimOne(), { error: "never" });
    await store.complete(await claimOne(), "done");
    await store.replay({ id: "first" });
    const again = await claimOne();
    expect([again.delivery.id, again.stale]).toEqual(["first", true]);
  });

  test("lets bodies go, then ids, and keeps what is dead or waits", async ({ store, advance }, expect) => {
    await fill(store);
    await advance(1000);
    const later = Number.MAX_SAFE_INTEGER;
    expect(await store.prune({ bodiesBefore: 0, idsBefore: 0 })).toEqual({ bodies: 0, ids: 0 });
    expect(await store.prune({ bodiesBefore: later, idsBefore: 0 })).toEqual({ bodies: 1, ids: 0 });
    const emptied = await store.get("d-1");
    expect([emptied?.body.length, emptied?.headers, emptied?.hash]).toEqual([0, {}, "hash of d-1"]);
    expect(await store.insert(sampleDelivery("d-1"))).toBe("duplicate");
    expect(await store.replay({ id: "d-1" })).toEqual({ replayed: 0 });
    expect(await store.prune({ bodiesBefore: later, idsBefore: later })).toEqual({ bodies: 0, ids: 1 });
    expect(await store.insert(sampleDelivery("d-1"))).toBe("new");
    expect((await store.query()).deliveries.length).toBe(4);
  });

  test("forgets an entity with its last id, and not before", async ({ store, other, advance }, expect) => {
    const entity = "contact:c-1";
    const claimed = async (): Promise<Awaited<ReturnType<Inbox["claim"]>>[number]> => {
      const [one] = await store.claim(claimAll);
      if (one === undefined) throw new Error("nothing was claimed");
      return one;
    };
    const put = (id: string, occurredAt: number, receivedAt: number) => store.insert(sampleDelivery(id, { entity, occurredAt, receivedAt })); // prettier-ignore
    await put("first", 300, 1000);
    await store.complete(await claimed(), "done");
    await put("second", 400, 3000);
    await store.complete(await claimed(), "done");
    await advance(1000);
    expect((await other.prune({ bodiesBefore: 0, idsBefore: 2000 })).ids).toBe(1);
    await put("late", 350, 5000);
    const late = await claimed();
    expect(late.stale).toBe(true);
    await store.fail(late, { error: "never" });
    // What is dead stays, and its entity with it.
    expect((await other.prune({ bodiesBefore: 0, idsBefore: 9000 })).ids).toBe(1);
    await put("later", 350, 7000);
    const later = await claimed();
    expect(later.stale).toBe(true);
    await store.complete(later, "done");
    await store.replay({ id: "late" });
    await store.complete(await claimed(), "done");
    expect((await other.prune({ bodiesBefore: 0, idsBefore: 9000 })).ids).toBe(2);
    await put("again", 100, 9000);
    expect((await claimed()).stale).toBe(false);
  });

  test("lets no more go at once than it is asked to", async ({ store, advance }, expect) => {
    for (let at = 0; at < 5; at += 1) await store.insert(sampleDelivery(`d-${at}`));
    for (const claimed of await store.claim(claimAll)) await store.complete(claimed, "done");
    await advance(1000);
    const later = Number.MAX_SAFE_INTEGER;
    const bodies: number[] = [];
    for (let run = 0; run < 3; run += 1) bodies.push((await store.prune({ bodiesBefore: later, idsBefore: 0, atMost: 2 })).bodies);
    expect(bodies).toEqual([2, 2, 1]);
    expect(await store.prune({ bodiesBefore: later, idsBefore: later, atMost: 4 })).toEqual({ bodies: 0, ids: 4 });
    expect((await store.query()).deliveries.length).toBe(1);
  });

  test("keeps the time between two signs of life as a gap, until it is closed", async ({ store, other, advance }, expect) => {
    const gapAfterMs = 3 * minute;
    expect(await store.beat({ gapAfterMs })).toEqual({});
    await advance(2 * minute);
    expect(await other.beat({ gapAfterMs })).toEqual({});
    await advance(40 * minute);
    const { gap } = await store.beat({ gapAfterMs });
    const length = gap === undefined ? 0 : gap.to - gap.from;
    expect(length >= 40 * minute && length < 41 * minute).toBe(true);
    expect(await other.beat({ gapAfterMs })).toEqual({});
    expect(await other.gaps()).toEqual([gap]);
    if (gap !== undefined) await other.closeGap(gap.id);
    expect(await store.gaps()).toEqual([]);
  });
}

/** d-1 done, d-2 dead, d-3 and d-4 waiting. */
async function fill(store: Inbox): Promise<void> {
  await store.insert(sampleDelivery("d-1", { type: "ContactCreate", receivedAt: 1000 }));
  await store.insert(sampleDelivery("d-2", { receivedAt: 2000 }));
  for (const claimed of await store.claim(claimAll)) {
    if (claimed.delivery.id === "d-1") await store.complete(claimed, "done");
    else await store.fail(claimed, { error: "never" });
  }
  await store.insert(sampleDelivery("d-3", { type: "ContactCreate", resource: "loc-2", receivedAt: 3000 }));
  await store.insert(sampleDelivery("d-4", { resource: "loc-2", receivedAt: 4000 }));
}
