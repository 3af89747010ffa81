import { describe, expect, it } from "vitest";
import { kinds } from "../src/index.ts";
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
