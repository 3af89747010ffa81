import { expect, it } from "vitest";
import { addActivity, addContacts, syncOnEmulator, withReceiver } from "./sync-on-emulator.ts";

const dayMs = 86_400_000;

it("removes what is too old, and no reading, webhook or comparison takes it up again or misses it", async () => {
  const world = syncOnEmulator({ retention: { messages: 30, opportunities: 30 }, emulator: { burstLimit: 1_000_000 } });
  const { emulator, sync, locationId, ghl } = world;
  const location = ghl.location(locationId);
  const ids = await addContacts(world, 3);
  await addActivity(world, ids);
  await withReceiver(world, async ({ settle }) => {
    await sync.catchUp();
    const all = async (): Promise<Record<string, number>> =>
      Object.fromEntries((await sync.status()).map(({ kind, records }) => [kind, records]));
    const before = await all();
    expect(before).toMatchObject({ contacts: 3, opportunities: 3 });
    expect(before["messages"]).toBeGreaterThan(3);

    emulator.clock.advance(40 * dayMs);
    const deals = await world.rows("select id from ghl_opportunities order by id");
    await location.opportunities.update({ id: String(deals[0]?.["id"]), body: { name: "Still alive" } });
    emulator.act.replyAs(ids[0] ?? "", "Hello again", { channel: "email" });
    await settle();
    world.called();
    const reports = await sync.reconcile();
    // Nothing of it is looked for one by one.
    expect(world.called().filter((operation) => operation === "opportunities.get" || operation === "conversations.getMessage")).toEqual([]);
    for (const { outcome, deleted } of reports) expect({ outcome, deleted }).toEqual({ outcome: "done", deleted: 0 });
    const after = await all();
    expect(after).toMatchObject({ contacts: 3, opportunities: 1, messages: 1 });
    expect(await world.rows("select id from ghl_records where kind in ('messages', 'opportunities')")).toHaveLength(2);
    const messages = (await sync.status()).find(({ kind }) => kind === "messages");
    expect(messages?.lastReconcile?.expired).toBeGreaterThanOrEqual(before["messages"] ?? 0);

    // It does not come back, and is not missed.
    world.changes.length = 0;
    emulator.clock.advance(2 * dayMs);
    await sync.catchUp();
    expect(await all()).toEqual(after);
    for (const { kind, different, outcome } of await sync.verify())
      expect({ kind, different, outcome }).toEqual({ kind, different: 0, outcome: "equal" });
    expect(world.changes.filter(({ kind }) => kind === "messages" || kind === "opportunities")).toEqual([]);
    // A deletion is one, beside all that went by its age.
    await location.opportunities.delete({ id: String(deals[0]?.["id"]) });
    await location.opportunities.delete({ id: String(deals[1]?.["id"]) });
    await sync.reconcile();
    expect(world.changes.filter(({ kind }) => kind === "opportunities")).toMatchObject([{ change: "deleted" }]);
  });
}, 300_000);

it("goes on slice by slice where there is much to remove", async () => {
  const world = syncOnEmulator({ kinds: ["contacts"], emulator: { burstLimit: 1_000_000 } });
  await addContacts(world, 1100);
  await world.sync.catchUp();
  world.emulator.clock.advance(40 * dayMs);
  const [kept = ""] = (await world.rows("select id from ghl_contacts order by id desc limit 1")).map(({ id }) => String(id));
  await world.ghl.location(world.locationId).contacts.update({ contactId: kept, body: { city: "Boston" } });
  const sync = world.again({ retention: { contacts: 30 } });
  let slices = 0;
  for (let isDone = false; !isDone; slices += 1) {
    let looks = 0;
    const slice = await sync.work(undefined, {
      locationId: world.locationId,
      isOver: () => (looks += 1) > 2,
      signal: new AbortController().signal,
    });
    isDone = slice.done;
  }
  expect(slices).toBeGreaterThan(2);
  expect(await world.rows("select id from ghl_records")).toEqual([{ id: kept }]);
}, 300_000);

it("refuses days that are none, and kinds that are none", () => {
  expect(() => syncOnEmulator({ retention: { messages: 0 } })).toThrow("retention.messages");
  expect(() => syncOnEmulator({ retention: { notes: 3 } as never })).toThrow("there is no such kind");
  expect(() => syncOnEmulator({ live: "poling" as never })).toThrow("it takes webhooks, polling");
});
