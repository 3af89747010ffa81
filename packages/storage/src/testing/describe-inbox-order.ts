import type { Inbox } from "../inbox/inbox.ts";
import type { ClaimedDelivery } from "../inbox/inbox-delivery.ts";
import { sampleDelivery } from "./sample-delivery.ts";
import type { testsWith } from "./store-under-test.ts";

const entity = "contact:c-1";
const claimAll = { owner: "worker-1", limit: 100, leaseMs: 60_000 };

/** Order of the deliveries of one entity. */
export function describeInboxOrder(test: ReturnType<typeof testsWith<Inbox>>): void {
  test("gives an entity's deliveries one at a time, by the time they happened and then by arrival", async ({ store, other }, expect) => {
    for (const [id, occurredAt] of [
      ["third", 300],
      ["first", 100],
      ["second", 200],
      ["second-again", 200],
    ] as const)
      // prettier-ignore
      await store.insert(sampleDelivery(id, { entity, occurredAt }));
    await store.insert(sampleDelivery("another"));
    const order: string[] = [];
    for (;;) {
      const claims = (await Promise.all([store.claim(claimAll), other.claim(claimAll)])).flat();
      if (claims.length === 0) break;
      const mine = claims.filter(({ delivery }) => delivery.entity === entity);
      expect(mine.length <= 1).toBe(true);
      order.push(...mine.map(({ delivery }) => delivery.id));
      for (const claimed of claims) await store.complete(claimed, "done");
    }
    expect(order).toEqual(["first", "second", "second-again", "third"]);
  });

  test("holds later ones up until a failed one is done or dead", async ({ store, advance }, expect) => {
    await store.insert(sampleDelivery("first", { entity, occurredAt: 100 }));
    await store.insert(sampleDelivery("second", { entity, occurredAt: 200 }));
    await store.fail(await only(store), { error: "not yet", retryInMs: 1000 });
    expect(await store.claim(claimAll)).toEqual([]);
    await store.insert(sampleDelivery("third", { entity, occurredAt: 300 }));
    expect(await store.claim(claimAll)).toEqual([]);
    await advance(1001);
    const again = await only(store);
    expect(again.delivery.id).toBe("first");
    await store.fail(again, { error: "never" });
    expect((await only(store)).delivery.id).toBe("second");
  });

  test("marks what is older than what was handled", async ({ store, other }, expect) => {
    await store.insert(sampleDelivery("new", { entity, occurredAt: 200 }));
    await store.complete(await only(store), "done");
    await other.insert(sampleDelivery("old", { entity, occurredAt: 100 }));
    await other.insert(sampleDelivery("same", { entity, occurredAt: 200 }));
    const old = await only(other);
    expect([old.delivery.id, old.stale]).toEqual(["old", true]);
    await other.complete(old, "done");
    const same = await only(store);
    expect([same.delivery.id, same.stale]).toEqual(["same", false]);
  });

  test("does not count what was ignored or given up as handled", async ({ store }, expect) => {
    await store.insert(sampleDelivery("ignored", { entity, occurredAt: 300 }));
    await store.complete(await only(store), "ignored");
    await store.insert(sampleDelivery("dead", { entity, occurredAt: 200 }));
    await store.fail(await only(store), { error: "never" });
    await store.insert(sampleDelivery("old", { entity, occurredAt: 100 }));
    expect((await only(store)).stale).toBe(false);
  });

  test("is not confused by a delivery that arrives while another is handled", async ({ store, other }, expect) => {
    await store.insert(sampleDelivery("first", { entity, occurredAt: 200 }));
    const first = await only(store);
    await other.insert(sampleDelivery("earlier", { entity, occurredAt: 100 }));
    expect(await other.claim(claimAll)).toEqual([]);
    await store.complete(first, "done");
    const earlier = await only(other);
    expect([earlier.delivery.id, earlier.stale]).toEqual(["earlier", true]);
  });
}

async function only(inbox: Inbox): Promise<ClaimedDelivery> {
  const [claimed, ...more] = await inbox.claim(claimAll);
  if (claimed === undefined || more.length > 0) throw new Error(`${more.length + Number(claimed !== undefined)} deliveries were claimed`);
  return claimed;
}
