import { describe, expect, it } from "vitest";
import { sqlite } from "../src/sqlite/index.ts";
import { kinds, type SyncHealth } from "../src/index.ts";
import { countOnPlatform, differences } from "./copy-and-platform.ts";
import { addActivity, addContacts, syncOnEmulator, withReceiver } from "./sync-on-emulator.ts";

describe("a copy of all kinds", () => {
  it("is equal to the platform after the backfill", async () => {
    const world = syncOnEmulator();
    await addActivity(world, await addContacts(world, 4));
    await world.sync.catchUp();
    for (const kind of kinds) expect(countOnPlatform(world, kind), kind).toBeGreaterThan(0);
    expect(await differences(world, kinds)).toEqual([]);
    for (const kind of kinds)
      expect((await world.rows(`select count(*) as n from ghl_${kind}`))[0]).toEqual({ n: countOnPlatform(world, kind) });
    expect(await world.rows("select * from ghl_type_problems")).toEqual([]);
  });

  it("finds nothing to do when it is reconciled at once", async () => {
    const world = syncOnEmulator();
    await addActivity(world, await addContacts(world, 4));
    await world.sync.catchUp();
    for (const report of await world.sync.reconcile()) expect(report).toMatchObject({ created: 0, updated: 0, deleted: 0 });
  });

  it("follows webhooks of every kind", async () => {
    const world = syncOnEmulator();
    await withReceiver(world, async ({ settle }) => {
      await world.sync.catchUp();
      await addActivity(world, await addContacts(world, 3));
      await settle();
      expect(
        await differences(
          world,
          kinds.filter((kind) => kind !== "messages"),
        ),
      ).toEqual([]);
      // What the platform writes into a thread for an appointment emits no event: the next reading of changes brings it.
      world.emulator.clock.advance(900_000);
      await world.sync.catchUp();
      expect(await differences(world, kinds)).toEqual([]);
    });
  });

  it("takes with a contact what the platform deletes with it, for which it emits nothing", async () => {
    const world = syncOnEmulator();
    await withReceiver(world, async ({ settle }) => {
      const [id = "", ...others] = await addContacts(world, 2);
      await addActivity(world, [id, ...others]);
      await world.sync.catchUp();
      await world.ghl.location(world.locationId).contacts.delete({ contactId: id });
      await settle();
      expect(await differences(world, kinds)).toEqual([]);
    });
  });

  it("runs each reading by the trace that it is given", async () => {
    const names: string[] = [];
    const world = syncOnEmulator({
      kinds: ["contacts"],
      trace: (work, { name, attributes }) => {
        names.push(`${name} ${attributes?.["ghlkit.kind"]}`);
        return work();
      },
    });
    await addContacts(world, 2);
    await world.sync.catchUp();
    world.emulator.clock.advance(60_000);
    await world.sync.catchUp();
    await world.sync.reconcile();
    expect([...new Set(names)]).toEqual(["sync.read_all contacts", "sync.read_changes contacts"]);
    expect(names.at(-1)).toBe("sync.read_all contacts");
  });

  it("has the status without the records for health checks, and counts nothing for it", async () => {
    const texts: string[] = [];
    const engine = sqlite(":memory:");
    const into = { ...engine, all: (sql: string, values?: Parameters<typeof engine.all>[1]) => (texts.push(sql), engine.all(sql, values)) };
    const locations = Array.from({ length: 100 }, (_, number) => `loc-${number}`);
    const world = syncOnEmulator({ into });
    await addContacts(world, 3);
    await world.sync.catchUp();
    const statuses = await world.sync.status();
    texts.length = 0;
    // Two looks a moment apart: times differ.
    const timeless = (kinds: readonly SyncHealth[]): readonly object[] =>
      kinds.map(({ lagMs, checked: _, ...rest }) => ({ ...rest, isBehind: lagMs !== undefined }));
    expect(timeless(await world.sync.health())).toEqual(timeless(statuses.map(({ records: _, ...rest }) => rest)));
    expect(texts.filter((text) => text.includes("count("))).toEqual([]);
    // Locations that have not begun are there as well, and one statement reads five hundred states.
    texts.length = 0;
    const all = await world.again({ locations: [world.locationId, ...locations] }).health();
    expect(all.filter(({ phase }) => phase === "waiting")).toHaveLength(700);
    expect(texts.filter((text) => text.includes("ghl_sync_state"))).toHaveLength(1);
  });

  it("keeps up by polling", async () => {
    const world = syncOnEmulator();
    const ids = await addContacts(world, 3);
    await world.sync.catchUp();
    await addActivity(world, ids);
    world.emulator.clock.advance(900_000);
    await world.sync.catchUp();
    expect(await differences(world, kinds)).toEqual([]);
    for (const { source } of await world.sync.status()) expect(source).toBe("polling");
    world.emulator.clock.advance(1_000_000);
    // The clock goes on by itself, too.
    for (const { lagMs } of await world.sync.status()) expect(lagMs).toBeGreaterThanOrEqual(1_000_000);
  });
});
