import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createSync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { createGhl, type Ghl } from "ghlkit";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runCli } from "../../src/index.ts";

let emulator: Emulator;
let server: Awaited<ReturnType<Emulator["listen"]>>;
let folder: string;
let ghl: Ghl;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-restore-cli-"));
  emulator = createEmulator({ enforceBurstLimit: false });
  server = await emulator.listen();
  const { tokens, locationId } = emulator.seed;
  vi.stubEnv("GHL_BASE_URL", server.url);
  vi.stubEnv("GHL_TOKEN", tokens.location);
  vi.stubEnv("GHL_LOCATION_ID", locationId);
  ghl = createGhl({ token: tokens.location, location: locationId, baseUrl: server.url, limits: { limit: 10_000 } });
}, 300_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
}, 300_000);

/** The command, which is not asked to end. */
async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = "";
  let err = "";
  const code = await runCli(args, {
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    untilStopped: () => new Promise(() => {}),
  });
  return { code, out, err };
}

it("shows what a restore would write, writes it once, and says what is not restored", async () => {
  const { locationId } = emulator.seed;
  const { contacts } = ghl.location(locationId);
  const { contact } = await contacts.create({ body: { firstName: "Ada", email: "ada@example.com", tags: ["vip"] } });
  await contacts.createNote({ contactId: contact.id, body: { body: "Likes engines" } });
  const copy = join(folder, "crm.db");
  const sync = createSync({ ghl, storage: createMemoryStorage(), locations: [locationId], into: sqlite(copy) });
  await sync.catchUp();
  await sync.close();
  const backup = join(folder, "backup");
  expect(await run("backup", "--copy", copy, "--folder", backup, "--notes")).toMatchObject({
    code: 0,
    out: expect.stringContaining("1 notes, 0 tasks") as string,
  });
  await contacts.delete({ contactId: contact.id });
  const command = ["restore", "--into", locationId, "--folder", backup, "--db", join(folder, "restore.db")] as const;

  const plan = await run(...command, "--dry-run");
  expect(plan).toMatchObject({ code: 0, err: "" });
  expect(plan.out).toMatch(/contacts\W+1 /);
  expect(plan.out).toContain("Workflows of the location run for what is created");
  expect((await contacts.search({ body: { pageLimit: 10 } })).contacts).toEqual([]);

  for (const [path, message] of [
    [folder, "cannot be written"],
    [join(copy, "ids.jsonl"), "cannot be written"],
    [join(folder, "restore.db"), "would replace"],
  ] as const)
    expect(await run(...command, "--apply", "--ids", path)).toMatchObject({ code: 2, err: expect.stringContaining(message) as string });
  expect(await run(...command, "--dry-run", "--ids", join(folder, "ids.jsonl"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("--ids goes with --apply") as string,
  });
  expect((await contacts.search({ body: { pageLimit: 10 } })).contacts).toEqual([]);

  const ids = join(folder, "ids.jsonl");
  const done = await run(...command, "--apply", "--ids", ids, "--json");
  expect(done).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(done.out)).toMatchObject({
    outcome: "completed",
    counts: { contacts: { created: 1 }, notes: { created: 1 } },
    notRestored: expect.arrayContaining([expect.stringMatching(/^2 records get new ids/) as string]) as string[],
  });
  const lines = (await readFile(ids, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  const made = lines.find(({ from }) => from === contact.id);
  expect((await contacts.get({ contactId: made?.["to"] ?? "" })).contact).toMatchObject({ firstName: "Ada", tags: ["vip"] });
  expect((await run(...command, "--apply")).out).toMatch(/created/);
  expect((await contacts.search({ body: { pageLimit: 10 } })).contacts.length).toBe(1);
}, 300_000);

it("backs up with a token that may read contacts only, and reports which names are left out", async () => {
  const { locationId, tokens } = emulator.seed;
  await ghl.location(locationId).contacts.create({ body: { firstName: "Grace", email: "grace@example.com" } });
  const copy = join(folder, "contacts.db");
  const sync = createSync({ ghl, storage: createMemoryStorage(), locations: [locationId], into: sqlite(copy), kinds: ["contacts"] });
  await sync.catchUp();
  await sync.close();
  vi.stubEnv("GHL_TOKEN", tokens.contactsReadonly);
  const done = await run("backup", "--copy", copy, "--folder", join(folder, "contacts"), "--kinds", "contacts");
  vi.stubEnv("GHL_TOKEN", tokens.location);
  expect(done).toMatchObject({ code: 0, err: "" });
  expect(done.out).toContain(`${locationId}: without the names of fields, pipelines, calendars, users, which the token may not read`);
}, 300_000);

it("writes nothing for a call that is wrong", async () => {
  const { locationId } = emulator.seed;
  const command = ["restore", "--into", locationId, "--folder", join(folder, "none")] as const;
  expect(await run(...command)).toMatchObject({ code: 2 });
  expect(await run(...command, "--apply", "--dry-run")).toMatchObject({ code: 2 });
  expect(await run(...command, "--dry-run", "--kinds", "messages")).toMatchObject({ code: 2 });
  expect(await run(...command, "--dry-run")).toMatchObject({ code: 1, err: expect.stringContaining("There is no backup") as string });
  expect(await run("restore", "--into", "elsewhere", "--folder", folder, "--dry-run")).toMatchObject({ code: 2 });
}, 300_000);
