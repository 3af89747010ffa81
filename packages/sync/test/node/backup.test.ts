import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl } from "ghlkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kinds, type CopyEngine } from "../../src/index.ts";
import { backup, eraseContact, loadBackup, readBackup, restore } from "../../src/node/index.ts";
import { sqlite } from "../../src/sqlite/index.ts";
import { countOnPlatform } from "../copy-and-platform.ts";
import { addActivity, addContacts, syncOnEmulator } from "../sync-on-emulator.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-backup-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** All texts of all files of a folder, expanded. */
async function everything(at: string): Promise<string> {
  const files = await readdir(at, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map(async (file) => {
      const bytes = await readFile(join(file.parentPath, file.name));
      return file.name.endsWith(".gz") ? gunzipSync(bytes).toString() : bytes.toString("latin1");
    });
  return (await Promise.all(texts)).join("\n");
}

describe("backup", () => {
  it("holds every record of the copy, and says that its files are those that were written", async () => {
    const world = syncOnEmulator();
    await addActivity(world, await addContacts(world, 5));
    await world.sync.catchUp();
    const report = await backup({ from: world.into, folder, locations: [world.locationId], recordsPerFile: 2 });
    for (const kind of kinds) expect(report.records[kind], kind).toBe(countOnPlatform(world, kind));
    const names: string[] = [];
    for await (const { kind, bodies } of readBackup(folder))
      if (kind === "contacts") names.push(...bodies.map(({ firstName }) => String(firstName)));
    expect(names.toSorted()).toEqual(["Person 1", "Person 2", "Person 3", "Person 4", "Person 5"]);
    await writeFile(join(folder, `${world.locationId}/contacts-00001.jsonl.gz`), "damaged");
    await expect(readBackup(folder).next()).rejects.toMatchObject({
      code: "invalid_response",
      message: expect.stringContaining("checksum") as string,
    });
  });

  it("goes on after a crash behind the last file, and is finished once", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await addContacts(world, 7);
    await world.sync.catchUp();
    const options = { from: world.into, folder, locations: [world.locationId], kinds: ["contacts"] as const, recordsPerFile: 3 };
    const stop = new AbortController();
    let pages = 0;
    const from = {
      ...world.into,
      all: (...args: Parameters<typeof world.into.all>) => {
        if (args[0].endsWith(" limit ?4") && args[1]?.[3] === 3 && (pages += 1) === 2) stop.abort();
        return world.into.all(...args);
      },
    };
    await expect(backup({ ...options, from, signal: stop.signal })).rejects.toThrow();
    const first = await readFile(join(folder, `${world.locationId}/contacts-00001.jsonl.gz`));
    expect(await backup(options)).toEqual({ files: 3, records: { contacts: 7 } });
    expect(await readFile(join(folder, `${world.locationId}/contacts-00001.jsonl.gz`))).toEqual(first);
    expect(await backup(options)).toEqual({ files: 3, records: { contacts: 7 }, finishedBefore: expect.any(Number) as number });
  });

  it("refuses a folder whose backup was begun for less, and a location of which the copy knows nothing", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await addContacts(world, 1);
    await world.sync.catchUp();
    const options = { from: world.into, folder, locations: [world.locationId], kinds: ["contacts"] as const, ghl: world.ghl };
    await backup(options);
    for (const more of [{ kinds: ["contacts", "opportunities"] as const }, { locations: [world.locationId, "other"] }, { notes: true }])
      await expect(backup({ ...options, ...more })).rejects.toMatchObject({ code: "invalid_request", message: /begun without/ });
    const unknown = { ...options, folder: join(folder, "unknown"), locations: ["nowhere"] };
    await expect(backup(unknown)).rejects.toMatchObject({ code: "invalid_request", message: /knows nothing of location nowhere/ });
  });

  it("says which kinds the copy has not read to their end", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    await addContacts(world, 1);
    world.emulator.faults.add({ operation: "contacts.search", kind: "error", status: 500 });
    await world.sync.catchUp();
    expect(await backup({ from: world.into, folder, locations: [world.locationId] })).toMatchObject({
      incomplete: [{ locationId: world.locationId, kind: "contacts" }],
    });
  });

  it("refuses a manifest that is no JSON", async () => {
    const world = syncOnEmulator();
    await writeFile(join(folder, "manifest.json"), "{");
    await expect(backup({ from: world.into, folder, locations: [world.locationId] })).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("backup with notes", () => {
  it("holds the tasks of one contact together, so that a restore lists those of each contact once", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    const { locationId, ghl } = world;
    const [one = "", other = ""] = await addContacts(world, 2);
    const { contacts } = ghl.location(locationId);
    for (const contactId of [one, other, one, other])
      await contacts.createTask({ contactId, body: { title: "Call back", dueDate: "2026-12-24T10:00:00.000Z", completed: false } });
    await world.sync.catchUp();
    await backup({ from: world.into, folder, locations: [locationId], kinds: ["contacts"], ghl, notes: true });
    const owners: unknown[] = [];
    for await (const { kind, bodies } of readBackup(folder)) if (kind === "tasks") owners.push(...bodies.map(({ contactId }) => contactId));
    expect(owners.length).toBe(4);
    expect(owners[0]).toBe(owners[1]);
    expect(owners[2]).toBe(owners[3]);
  });
});

describe("backup with a token that lacks scopes", () => {
  it("holds the records, leaves out the names that the token may not read, and reports which", async () => {
    const world = syncOnEmulator({ kinds: ["contacts"] });
    const { locationId, emulator } = world;
    await addContacts(world, 2);
    await world.sync.catchUp();
    const ghl = createGhl({
      token: emulator.seed.tokens.contactsReadonly,
      location: locationId,
      baseUrl: "https://emulator.example",
      fetch: async (input, init) => emulator.fetch(new Request(input, init)),
      clock: world.clock,
    });
    const options = { from: world.into, locations: [locationId], kinds: ["contacts"] as const };
    expect(await backup({ ...options, folder, ghl })).toEqual({
      files: 1,
      records: { contacts: 2 },
      unreadNames: { [locationId]: ["fields", "pipelines", "calendars", "users"] },
    });
    expect(await backup({ ...options, folder: join(folder, "all"), ghl: world.ghl })).toEqual({ files: 1, records: { contacts: 2 } });
    // A restore must not take what it may not read for missing: values of custom fields would be lost.
    const { journal } = createMemoryStorage({ clock: world.clock });
    const into = { folder: join(folder, "all"), into: locationId, ghl, journal, apply: false, kinds: ["contacts"] as const };
    await expect(restore(into)).rejects.toMatchObject({ code: "scope_missing" });
    expect(await restore({ ...into, kinds: [] })).toMatchObject({ outcome: "planned" });
  });
});

describe("loadBackup", () => {
  it("fills a copy that was lost, and touches nothing that is newer", async () => {
    const world = syncOnEmulator();
    const ids = await addContacts(world, 3);
    await addActivity(world, ids);
    await world.sync.catchUp();
    await backup({ from: world.into, folder, locations: [world.locationId], ghl: world.ghl, notes: true, recordsPerFile: 2 });
    const rows = async (from: CopyEngine) => from.all("select kind, id, body from $s.ghl_records order by kind, id");
    const into = sqlite(":memory:");
    const { records } = await loadBackup({ folder, into });
    for (const kind of kinds) expect(records[kind], kind).toBe(countOnPlatform(world, kind));
    expect(await rows(into)).toEqual(await rows(world.into));
    // Once more, over a copy that has gone on since.
    await world.ghl.location(world.locationId).contacts.update({ contactId: ids[0] ?? "", body: { firstName: "Newer" } });
    await world.ghl.location(world.locationId).contacts.delete({ contactId: ids[1] ?? "" });
    await world.sync.reconcile();
    const newer = await rows(world.into);
    await loadBackup({ folder, into: world.into });
    expect(await rows(world.into)).toEqual(newer);
    expect(await world.rows(`select id from ghl_contacts where id = '${ids[1]}'`)).toEqual([]);
  });
});

describe("eraseContact", () => {
  it("leaves nothing of a person in copy and backups, and names what it does not reach", async () => {
    const world = syncOnEmulator();
    const [id = "", other = ""] = await addContacts(world, 2);
    await addActivity(world, [id, other]);
    await world.sync.catchUp();
    await backup({ from: world.into, folder, locations: [world.locationId] });
    expect(await everything(folder)).toContain("payer0@example.com");
    const report = await eraseContact({ locationId: world.locationId, contactId: id, from: world.into, backups: [folder], ghl: world.ghl });
    expect(report.records).toBeGreaterThanOrEqual(6);
    expect(report.backupRecords).toBe(report.records);
    expect(report.notReached).toEqual(["The platform still has the contact: delete it there, or the next reconciliation brings it back."]);
    expect(await everything(folder)).not.toMatch(/person1@example|payer0@example/);
    expect(await everything(folder)).toContain("person2@example.com");
    expect(JSON.stringify(await world.rows("select * from ghl_records"))).not.toMatch(/person1@example|payer0@example/);
    // The rest of the backup is as good as it was.
    for await (const { bodies } of readBackup(folder)) expect(JSON.stringify(bodies)).not.toContain(id);
    await world.ghl.location(world.locationId).contacts.delete({ contactId: id });
    await world.sync.reconcile();
    expect(await world.rows(`select id from ghl_contacts where id = '${id}'`)).toEqual([]);
    expect(await eraseContact({ locationId: world.locationId, contactId: id, from: world.into, ghl: world.ghl })).toMatchObject({
      notReached: [],
    });
  });
});
