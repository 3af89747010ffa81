import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createSync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { createGhl, type Ghl } from "ghlkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../run.ts";

let emulator: Emulator;
let server: Awaited<ReturnType<Emulator["listen"]>>;
let folder: string;
let copy: string;
let ghl: Ghl;
let ids: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-sync-cli-"));
  emulator = createEmulator({ enforceBurstLimit: false });
  server = await emulator.listen();
}, 300_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
}, 300_000);

let number = 0;
beforeEach(async () => {
  emulator.reset();
  const { tokens, locationId, pipelineId } = emulator.seed;
  vi.stubEnv("GHL_BASE_URL", server.url);
  vi.stubEnv("GHL_TOKEN", tokens.location);
  vi.stubEnv("GHL_LOCATION_ID", locationId);
  copy = join(folder, `${(number += 1)}.db`);
  ghl = createGhl({ token: tokens.location, location: locationId, baseUrl: server.url, limits: { limit: 10_000 } });
  ids = [];
  for (const name of ["Ada", "Grace", "Mary"]) {
    const { contact } = await ghl
      .location(locationId)
      .contacts.create({ body: { firstName: name, email: `${name}@example.com`, source: "Google" } });
    ids.push(contact.id);
  }
  await ghl
    .location(locationId)
    .opportunities.create({ body: { contactId: ids[0] ?? "", name: "Braces", pipelineId, status: "open", monetaryValue: 1500 } });
  const sync = createSync({
    ghl,
    storage: createMemoryStorage(),
    locations: [locationId],
    kinds: ["contacts", "opportunities"],
    into: sqlite(copy),
  });
  await sync.catchUp();
  await sync.close();
}, 300_000);

const kinds = ["--kinds", "contacts,opportunities"] as const;

describe("ghlkit sync", () => {
  it("shows where the copy stands", async () => {
    const { code, out } = await run("sync", "status", "--copy", copy, ...kinds, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { kind: "contacts", phase: "live", records: 3 },
      { kind: "opportunities", phase: "live", records: 1 },
    ]);
    expect((await run("sync", "status", "--copy", copy, ...kinds)).out).toMatch(/contacts \W+live \W+3 /);
  }, 300_000);

  it("verifies, reconciles and verifies again", async () => {
    const { locationId } = emulator.seed;
    await ghl.location(locationId).contacts.update({ contactId: ids[1] ?? "", body: { firstName: "Other" } });
    await ghl.location(locationId).contacts.delete({ contactId: ids[2] ?? "" });
    const found = await run("sync", "verify", "--copy", copy, ...kinds);
    expect(found.code).toBe(1);
    expect(found.out).toContain(`contacts ${ids[1]} of ${locationId}: changed firstName, dateUpdated`);
    expect(found.out).toContain(`contacts ${ids[2]} of ${locationId}: extra`);
    const reconciled = await run("sync", "reconcile", "--copy", copy, ...kinds, "--json");
    expect(reconciled.code).toBe(0);
    expect(JSON.parse(reconciled.out)).toMatchObject([
      { kind: "contacts", updated: 1, deleted: 1 },
      { kind: "opportunities", unchanged: 1 },
    ]);
    expect((await run("sync", "verify", "--copy", copy, ...kinds)).code).toBe(0);
  }, 300_000);

  it("holds many deletions until they are allowed", async () => {
    const { locationId } = emulator.seed;
    const contacts = ghl.location(locationId).contacts;
    const more: string[] = [];
    for (let at = 0; at < 12; at += 1)
      more.push((await contacts.create({ body: { firstName: `More ${at}`, email: `more${at}@example.com` } })).contact.id);
    await run("sync", "reconcile", "--copy", copy, ...kinds);
    for (const contactId of more) await contacts.delete({ contactId });
    const held = await run("sync", "reconcile", "--copy", copy, ...kinds);
    expect(held.code).toBe(1);
    expect(held.out).toContain("held: 12 gone");
    expect((await run("sync", "status", "--copy", copy, ...kinds)).out).toContain("12 deletions are held");
    const allowed = await run("sync", "reconcile", "--copy", copy, ...kinds, "--allow-deletions", "--json");
    expect(JSON.parse(allowed.out)).toMatchObject([{ kind: "contacts", outcome: "done", deleted: 12 }, {}]);
    expect(allowed.code).toBe(0);
  }, 300_000);

  it("refuses a copy that is not there, and kinds that are none, before anything is made", async () => {
    expect(await run("sync", "status", "--copy", join(folder, "none.db"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("There is no copy") as string,
    });
    expect(await run("sync", "status", "--copy", copy, "--kinds", "notes")).toMatchObject({ code: 2 });
  }, 300_000);

  it("takes no other database for a copy, and makes no copy of it", async () => {
    const other = join(folder, `other-${number}.db`);
    await createSqliteStorage({ path: other }).close();
    const before = await readFile(other);
    const commands = [
      ["sync", "status"],
      ["sync", "verify"],
      ["report", "leads"],
      ["backup", "--folder", join(folder, "none")],
    ];
    for (const command of commands) {
      expect(await run(...command, "--copy", other)).toMatchObject({ code: 2, err: expect.stringContaining("holds no copy") as string });
    }
    expect(await readFile(other)).toEqual(before);
  }, 300_000);
});

describe("ghlkit report", () => {
  it("names pipelines and stages", async () => {
    const { code, out } = await run("report", "pipeline", "--copy", copy, "--json");
    expect(code).toBe(0);
    const { pipelines } = await ghl.location(emulator.seed.locationId).opportunities.listPipelines();
    expect(JSON.parse(out)).toEqual([
      {
        location_id: emulator.seed.locationId,
        pipeline: pipelines[0]?.name,
        pipeline_stage: expect.any(String) as string,
        deals: 1,
        value: 1500,
      },
    ]);
    expect((await run("report", "leads", "--copy", copy)).out).toMatch(/Google \W+3 \W+1 \W+0 /);
    expect((await run("report", "nothing", "--copy", copy)).code).toBe(2);
  }, 300_000);
});

describe("ghlkit backup and erase", () => {
  it("writes a copy down, goes on where it stopped, and takes a person out of it", async () => {
    const backup = join(folder, `backup-${number}`);
    const first = await run("backup", "--copy", copy, "--folder", backup, "--json");
    expect(JSON.parse(first.out)).toMatchObject({ files: 2, records: { contacts: 3, opportunities: 1 } });
    const again = await run("backup", "--copy", copy, "--folder", backup);
    expect(again.out).toContain("2 files, 3 contacts, 1 opportunities");
    expect(again.out).toContain("Nothing was written: this backup was finished at");
    const more = await run("backup", "--copy", copy, "--folder", backup, "--notes");
    expect(more).toMatchObject({ code: 1, err: expect.stringContaining("begun without notes") as string });
    const { locationId } = emulator.seed;
    const erased = await run("erase", "--copy", copy, "--contact", ids[0] ?? "", "--backup", backup, "--json");
    expect(erased.code).toBe(1);
    expect(JSON.parse(erased.out)).toMatchObject({
      records: 2,
      backupRecords: 2,
      notReached: [
        expect.stringContaining("The platform still has") as string,
        expect.stringContaining("inbox was not looked at") as string,
      ],
    });
    await ghl.location(locationId).contacts.delete({ contactId: ids[0] ?? "" });
    const database = join(folder, `storage-${number}.db`);
    await createSqliteStorage({ path: database }).close();
    vi.stubEnv("GHL_DATABASE", database);
    expect(await run("erase", "--copy", copy, "--contact", ids[0] ?? "", "--backup", backup)).toMatchObject({ code: 0 });
    const mistyped = await run("erase", "--copy", copy, "--contact", "mistyped", "--backup", backup);
    expect(mistyped).toMatchObject({ code: 1, out: expect.stringContaining("know a contact mistyped") as string });
    vi.stubEnv("GHL_DATABASE", undefined);
  }, 300_000);
});

it("refuses a storage that is not there, and makes none", async () => {
  const database = join(folder, "mistyped.db");
  vi.stubEnv("GHL_DATABASE", database);
  const refusal = { code: 2, err: expect.stringContaining(`There is no file ${database}: GHL_DATABASE names`) as string };
  for (const command of ["status", "verify", "reconcile"])
    expect(await run("sync", command, "--copy", copy, ...kinds)).toMatchObject(refusal);
  expect(await run("erase", "--copy", copy, "--contact", ids[0] ?? "")).toMatchObject(refusal);
  expect(existsSync(database)).toBe(false);
  vi.stubEnv("GHL_DATABASE", undefined);
}, 300_000);
