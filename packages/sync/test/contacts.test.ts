import { describe, expect, it } from "vitest";
import { addContacts, syncOnEmulator } from "./sync-on-emulator.ts";

const contacts = { kinds: ["contacts"] as const };

describe("a copy of contacts", () => {
  it("is filled page by page, and is then up to date", async () => {
    const world = syncOnEmulator(contacts);
    const { sync, rows, called } = world;
    await addContacts(world, 3);
    called();
    await sync.catchUp();
    expect(new Set(called())).toEqual(new Set(["contacts.search"]));
    const names = await rows("select first_name, email from ghl_contacts where first_name like 'Person %' order by first_name");
    expect(names).toEqual([1, 2, 3].map((number) => ({ first_name: `Person ${number}`, email: `person${number}@example.com` })));
    const [status] = await sync.status();
    expect(status).toMatchObject({ kind: "contacts", phase: "live", source: "polling", drift: undefined });
  });

  it("follows what is changed, by polling", async () => {
    const world = syncOnEmulator(contacts);
    const { sync, rows, ghl, locationId, emulator, changes } = world;
    const [id = ""] = await addContacts(world, 2);
    await sync.catchUp();
    changes.length = 0;
    emulator.clock.advance(30_000);
    await ghl.location(locationId).contacts.update({ contactId: id, body: { firstName: "Renamed" } });
    emulator.clock.advance(60_000);
    await sync.catchUp();
    expect(await rows(`select first_name from ghl_contacts where id = '${id}'`)).toEqual([{ first_name: "Renamed" }]);
    expect(changes).toMatchObject([{ id, change: "updated", source: "changes", before: { firstName: "Person 1" } }]);
  });

  it("finds by reconciliation what is gone, after a read by its id", async () => {
    const world = syncOnEmulator(contacts);
    const { sync, rows, ghl, locationId, called } = world;
    const [id = ""] = await addContacts(world, 3);
    await sync.catchUp();
    await ghl.location(locationId).contacts.delete({ contactId: id });
    called();
    const [report] = await sync.reconcile();
    expect(report).toMatchObject({ outcome: "done", deleted: 1, created: 0, updated: 0, calls: 2 });
    expect(called()).toEqual(["contacts.search", "contacts.get"]);
    expect(await rows(`select id from ghl_contacts where id = '${id}'`)).toEqual([]);
    expect(await rows(`select deleted_at is not null as gone from ghl_records where id = '${id}'`)).toEqual([{ gone: 1 }]);
  });
});

it("takes a location in later", async () => {
  const { sync, rows, ghl, locationId } = syncOnEmulator({ locations: [], kinds: ["contacts"] });
  await addContacts({ ghl, locationId }, 2);
  await sync.catchUp();
  expect(await rows("select id from ghl_contacts")).toHaveLength(0);

  sync.add(locationId);
  sync.add(locationId);
  await sync.catchUp();

  expect(await rows("select id from ghl_contacts")).not.toHaveLength(0);
  expect(await sync.status()).toHaveLength(1);
  expect(() => sync.add("a/b")).toThrow("no id of a location");
});
