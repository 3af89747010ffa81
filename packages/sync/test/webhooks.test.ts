import { describe, expect, it } from "vitest";
import { addContacts, syncOnEmulator, withReceiver } from "./sync-on-emulator.ts";

describe("a copy that is fed by webhooks", () => {
  it("has a new contact after its event, from one read", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await withReceiver(world, async ({ settle }) => {
      await world.sync.catchUp();
      world.called();
      const [id = ""] = await addContacts(world, 1);
      await settle();
      expect(await world.rows(`select first_name from ghl_contacts where id = '${id}'`)).toEqual([{ first_name: "Person 1" }]);
      expect(world.called()).toEqual(["contacts.create", "contacts.get"]);
      const [status] = await world.sync.status();
      expect(status).toMatchObject({ source: "webhooks", lagMs: 0 });
    });
  });

  it("reads once for events of one contact that wait together", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await withReceiver(world, async ({ settle, hold, release }) => {
      const [id = ""] = await addContacts(world, 1);
      await settle();
      hold();
      const contacts = world.ghl.location(world.locationId).contacts;
      for (const firstName of ["One", "Two", "Three"]) await contacts.update({ contactId: id, body: { firstName } });
      await world.emulator.webhooks.settle();
      world.called();
      release();
      await settle();
      expect(world.called()).toEqual(["contacts.get"]);
      expect(await world.rows(`select first_name from ghl_contacts where id = '${id}'`)).toEqual([{ first_name: "Three" }]);
    });
  });

  it("makes no change of an event that brings nothing new", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await withReceiver(world, async ({ settle }) => {
      const [id = ""] = await addContacts(world, 1);
      await settle();
      world.changes.length = 0;
      world.emulator.webhooks.trigger("ContactUpdate", { id, locationId: world.locationId, firstName: "Forged by a late event" });
      await settle();
      expect(world.changes).toEqual([]);
      expect(await world.rows(`select first_name from ghl_contacts where id = '${id}'`)).toEqual([{ first_name: "Person 1" }]);
    });
  });

  it("keeps a tombstone of what is gone, so that a list that lags does not bring it back", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await withReceiver(world, async ({ settle }) => {
      const { emulator, ghl, locationId, sync, rows } = world;
      const [id = ""] = await addContacts(world, 2);
      await settle();
      emulator.clock.advance(60_000);
      emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 30_000 });
      await ghl.location(locationId).contacts.delete({ contactId: id });
      await settle();
      const [report] = await sync.reconcile();
      expect(report).toMatchObject({ outcome: "done", created: 0, deleted: 0 });
      expect(await rows(`select id from ghl_contacts where id = '${id}'`)).toEqual([]);
    });
  });
});
