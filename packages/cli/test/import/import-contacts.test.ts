import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createGhl, type LocationClient } from "ghlkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runCli } from "../../src/index.ts";
import { progressLine } from "../../src/import/progress-line.ts";

let emulator: Emulator;
let server: Awaited<ReturnType<Emulator["listen"]>>;
let folder: string;
let location: LocationClient;

beforeAll(async () => {
  emulator = createEmulator();
  server = await emulator.listen();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});
beforeEach(async () => {
  emulator.reset();
  folder = await mkdtemp(join(tmpdir(), "ghlkit-import-"));
  const { tokens, locationId } = emulator.seed;
  vi.stubEnv("GHL_BASE_URL", server.url);
  vi.stubEnv("GHL_TOKEN", tokens.location);
  vi.stubEnv("GHL_LOCATION_ID", locationId);
  location = createGhl({ token: tokens.location, location: locationId, baseUrl: server.url }).location(locationId);
  return () => rm(folder, { recursive: true });
});

/** The command in this process, not stopped by a signal. */
async function run(...args: readonly string[]) {
  return runUntil(new Promise(() => {}), ...args);
}

async function runUntil(stopped: Promise<void>, ...args: readonly string[]) {
  let out = "";
  let err = "";
  const code = await runCli(["import", "contacts", ...args, "--db", join(folder, "import.db")], {
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    untilStopped: () => stopped,
  });
  return { code, out, err };
}

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function contactOf(email: string) {
  const { contact } = await location.contacts.findDuplicate({ email });
  return contact?.id === undefined ? undefined : (await location.contacts.get({ contactId: contact.id })).contact;
}

const leads =
  "E-Mail;Telefon;Vorname;Budget\nada@example.com;+1 415 555 0101;Ada;5000\nbad;;Bob;\n;;;\nada@example.com;+1 415 555 0101;Ada;6000\n";
const map =
  "columns:\n  email: [E-Mail, mail]\n  phone: Telefon\n  firstName: Vorname\n  fields.budget: Budget\ntags: [csv]\ncountry: US\n";

describe("ghlkit import contacts", () => {
  it("makes sure that the contacts exist, and writes an outcome for each row", async () => {
    const file = await fileOf("leads.csv", leads);
    const { code, out, err } = await run(file, "--map", await fileOf("map.yaml", map));
    expect(err).toBe("");
    expect(out).toContain("4 rows.");
    expect(code).toBe(1);
    const results = (await readFile(`${file}.results.csv`, "utf8"))
      .trim()
      .split("\n")
      .map((line) => line.split(",").slice(0, 2).join(","));
    expect(results).toEqual(["line,outcome", "2,created", "3,rejected", "4,invalid", "5,updated"]);
    const contact = await contactOf("ada@example.com");
    expect(contact).toMatchObject({ phone: "+14155550101", tags: ["csv"] });
    expect(contact?.customFields).toContainEqual(expect.objectContaining({ value: 6000 }));
  });

  it("does nothing when it has been done, and begins anew under another id", async () => {
    const file = await fileOf("leads.csv", "email\nada@example.com\n");
    expect((await run(file)).out).toContain("created");
    expect((await run(file)).out).toContain("created");
    const again = await run(file, "--id", "again", "--json");
    expect(JSON.parse(again.out)).toMatchObject({ outcome: "completed", rows: 1, counts: { unchanged: 1 } });
  });

  it("writes nothing in a dry run, and says what it would do", async () => {
    await location.contacts.create({ body: { email: "known@example.com" } });
    const file = await fileOf("leads.csv", "email,phone\nknown@example.com,\nnew@example.com,\nbad,\n,123\n");
    const { out, code } = await run(file, "--dry-run", "--json");
    expect(JSON.parse(out)).toMatchObject({ counts: { "would update": 1, "would create": 1, "would reject": 2 } });
    expect(code).toBe(1);
    expect(await contactOf("new@example.com")).toBeUndefined();
  });

  it("says in a dry run what the import then does, row by row", async () => {
    const ada = (await location.contacts.create({ body: { email: "ada@example.com" } })).contact.id;
    await location.contacts.create({ body: { phone: "+12025550199" } });
    const file = await fileOf(
      "leads.csv",
      [
        "email,phone,country,external id,date of birth",
        // The location's country reads it.
        "one@example.com,(202) 555-0101,,,",
        "two@example.com,,United States,,",
        "three@example.com,,,,1990-02-30",
        ",,,unknown,",
        "ada@example.com,(202) 555-0199,,,",
        "\u200eada@example.com,,,,",
      ].join("\n"),
    );
    const outcomes = async (...args: readonly string[]): Promise<readonly string[]> => {
      await run(file, ...args);
      const results = `${file}.${args.includes("--dry-run") ? "dry-run" : "results"}.csv`;
      const lines = (await readFile(results, "utf8")).trim().split("\n").slice(1);
      return lines.map((line) => line.split(",")[1] ?? "");
    };
    const plan = ["create", "reject", "reject", "reject", "conflict", "update"].map((what) => `would ${what}`);
    expect(await outcomes("--dry-run")).toEqual(plan);
    expect(await outcomes("--dry-run", "--on-conflict", "preferEmail")).toEqual(plan.with(4, "would update"));
    expect(await readFile(`${file}.dry-run.csv`, "utf8")).toContain(`6,would update,${ada}`);
    expect(await outcomes()).toEqual(["created", "rejected", "rejected", "rejected", "conflict", "unchanged"]);
  });

  it("keeps the results of an import when a dry run follows", async () => {
    const file = await fileOf("leads.csv", "email\nada@example.com\n");
    expect((await run(file)).out).toContain("leads.csv.results.csv");
    expect((await run(file, "--dry-run")).out).toContain("leads.csv.dry-run.csv");
    expect(await readFile(`${file}.results.csv`, "utf8")).toContain("2,created");
  });

  it("refuses results that cannot be written, or that would replace what it reads, before a row is imported", async () => {
    const file = await fileOf("leads.csv", "email\nada@example.com\n");
    const mapping = await fileOf("map.yaml", "columns: { email: email }");
    const refused = async (results: string, message: string): Promise<void> =>
      expect(await run(file, "--map", mapping, "--results", results)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    await refused(folder, "cannot be written");
    await refused(join(file, "results.csv"), "cannot be written");
    await refused(file, "would replace");
    await refused(mapping, "would replace");
    await refused(join(folder, "import.db"), "would replace");
    await refused("", "needs the name of a file");
    expect(await contactOf("ada@example.com")).toBeUndefined();
    expect(await readFile(file, "utf8")).toContain("ada@example.com");
  });

  it("refuses a file in which nothing says who its rows are", async () => {
    const { code, err } = await run(await fileOf("leads.csv", "Mail,Name\nada@example.com,Ada\n"));
    expect(err).toMatch(/has no column .*email.* Its columns are: Mail, Name/);
    expect(code).toBe(2);
  });

  it.each([
    ["columns:\n  email: E-Mail\ntag: csv\n", /a map has no tag/],
    ["columns:\n  firstName: Vorname\n", /needs email, phone or externalId/],
    ["columns:\n  email: E-Mail\ncountry: U.S.\n", /a code such as US/],
    ["columns:\n  colour: Colour\n", /a contact has no colour/],
    ["columns: [email]\n", /needs columns/],
    ["columns:\n  email: 7\n", /needs the header/],
    ["a: [", /is not YAML/],
  ])("refuses a map that is none: %j", async (content, message) => {
    const { code, err } = await run(await fileOf("leads.csv", leads), "--map", await fileOf("map.yaml", content));
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it("refuses what cannot be read, and tags in one call", async () => {
    expect(await run(join(folder, "missing.csv"))).toMatchObject({ code: 2, err: expect.stringContaining("there is no such file") });
    const [file, mapping] = [await fileOf("leads.csv", leads), await fileOf("map.yaml", map)];
    expect(await run(file, "--map", mapping, "--one-call")).toMatchObject({ code: 2, err: expect.stringContaining("takes no tags") });
    expect(await run(file, "--one-call", "--on-conflict", "fail")).toMatchObject({ code: 2, err: expect.stringContaining("leave out") });
  });

  it("refuses a map that names a column which the file lacks", async () => {
    const mapping = await fileOf("map.yaml", "columns:\n  email: E-Mail\n  firstName: [Given name, First]\n");
    const { code, err } = await run(await fileOf("leads.csv", leads), "--map", mapping);
    expect(err).toMatch(/has no column Given name or First\. Its columns are: E-Mail, Telefon/);
    expect(code).toBe(2);
  });

  it("refuses a finished id for another file, another map or another way, and does not call it done", async () => {
    const file = await fileOf("leads.csv", "email,name\nada@example.com,Ada\n");
    expect((await run(file)).code).toBe(0);
    expect(await run(file, "--map", await fileOf("map.yaml", "columns: { email: email }"))).toMatchObject({ code: 1, out: "" });
    expect(await run(file, "--one-call")).toMatchObject({ code: 1, out: "" });
    await fileOf("leads.csv", "email,name\nbob@example.com,Bob\n");
    expect(await run(file)).toMatchObject({ code: 1, err: expect.stringMatching(/begin a run with another id/) });
  });

  it("drops no tags in one call", async () => {
    const file = await fileOf("leads.csv", "email,tags\nada@example.com,vip\nbob@example.com,\n");
    const { out } = await run(file, "--one-call", "--json");
    expect(JSON.parse(out)).toMatchObject({ counts: { invalid: 1, created: 1 } });
  });

  it("stops at once when it is asked to, though the platform does not answer", async () => {
    let stop = (): void => {};
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const silent = createServer(() => stop());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("GHL_BASE_URL", `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const file = await fileOf("leads.csv", "email\nada@example.com\n");
    const results = join(folder, "new", "folder", "results.csv");
    const { code, out } = await runUntil(stopped, file, "--results", results);
    silent.closeAllConnections();
    silent.close();
    expect(out).toContain("Stopped after 0 rows: the same command goes on.");
    expect(code).toBe(1);
    expect(await readFile(results, "utf8")).toBe("line,outcome,id,detail\n");
    vi.stubEnv("GHL_BASE_URL", server.url);
    expect((await run(file, "--results", results)).out).toContain("1 rows.");
  });

  it("refuses a file that has changed since the run began", async () => {
    await run(await fileOf("leads.csv", "email\nada@example.com\n"));
    vi.stubEnv("GHL_TOKEN", "pit-00000000-0000-4000-8000-000000000000");
    expect((await run(await fileOf("other.csv", "email\nada@example.com\n"))).code).toBe(1);
    vi.stubEnv("GHL_TOKEN", emulator.seed.tokens.location);
    const { code, err } = await run(await fileOf("other.csv", "email\nbob@example.com\n"));
    expect(err).toMatch(/source of the run .* is not the one it was begun with/);
    expect(code).toBe(1);
  });
});

describe("progressLine", () => {
  it("shows bar, rows, rate, time left and what it waits for", () => {
    const counts = {};
    expect(progressLine({ done: 25, total: 100, rate: 9.96, etaMs: 7_530, waitingFor: undefined, counts })).toBe(
      "[======                  ] 25 of 100, 10.0 per s, 8 s left",
    );
    expect(progressLine({ done: 3, total: undefined, rate: undefined, etaMs: undefined, waitingFor: "day", counts })).toBe(
      "3 rows, waiting for the reset of the day's quota",
    );
    expect(progressLine({ done: 1, total: 9, rate: 1, etaMs: 5_400_000, waitingFor: "lease", counts })).toContain(
      "1 h 30 min left, waiting for another import",
    );
  });
});
