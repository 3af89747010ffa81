import { describe, expect, it } from "vitest";
import { kinds } from "../src/index.ts";
import { differences } from "./copy-and-platform.ts";
import { addActivity, addContacts, syncOnEmulator } from "./sync-on-emulator.ts";

describe("sync.verify", () => {
  it("finds nothing in a copy that is right", async () => {
    const world = syncOnEmulator();
    await addActivity(world, await addContacts(world, 3));
    await world.sync.catchUp();
    const reports = await world.sync.verify();
    expect(reports.map(({ kind, outcome }) => [kind, outcome])).toEqual(kinds.map((kind) => [kind, "equal"]));
    expect(reports.find(({ kind }) => kind === "contacts")).toMatchObject({ records: 3, calls: 1, differences: [] });
  });

  it("names what is missing, extra and changed, and changes nothing", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    const { ghl, locationId, sync, rows } = world;
    const [changed = "", gone = ""] = await addContacts(world, 3);
    await sync.catchUp();
    const contacts = ghl.location(locationId).contacts;
    await contacts.update({ contactId: changed, body: { firstName: "Other", tags: ["new"] } });
    await contacts.delete({ contactId: gone });
    const { contact: made } = await contacts.create({ body: { firstName: "Late", email: "late@example.com" } });
    const [report] = await sync.verify();
    expect(report).toMatchObject({ outcome: "different", different: 3 });
    const byId = new Map(report?.differences.map((difference) => [difference.id, difference]));
    expect(byId.get(changed)).toEqual({ id: changed, difference: "changed", fields: ["firstName", "tags", "dateUpdated"] });
    expect(byId.get(gone)).toEqual({ id: gone, difference: "extra" });
    expect(byId.get(made.id)).toEqual({ id: made.id, difference: "missing" });
    expect(await rows("select count(*) as n from ghl_contacts")).toEqual([{ n: 3 }]);
    await sync.reconcile();
    expect((await sync.verify())[0]).toMatchObject({ outcome: "equal" });
  });

  it("finds nothing either in a copy of lists that lagged behind, once changes were read again", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    const { emulator, ghl, locationId, sync } = world;
    const [id = ""] = await addContacts(world, 3);
    emulator.clock.advance(60_000);
    emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 10_000 });
    await ghl.location(locationId).contacts.update({ contactId: id, body: { firstName: "Other" } });
    await sync.catchUp();
    expect(await differences(world, ["contacts"])).toHaveLength(1);
    emulator.clock.advance(60_000);
    await sync.catchUp();
    expect(await differences(world, ["contacts"])).toEqual([]);
    expect((await sync.verify())[0]).toMatchObject({ outcome: "equal" });
  });
});
