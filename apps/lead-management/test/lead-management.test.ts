import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const liveCheck = fileURLToPath(new URL("../src/live-check.ts", import.meta.url));
const header = "first_name,last_name,email,phone,source,interest,value,sms_consent";

interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program as a person would, with nothing of our own environment but the path. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: process.env["PATH"], ...env } });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

let folder: string;
let emulator: Emulator;
let server: Awaited<ReturnType<Emulator["listen"]>>;
let account: Readonly<Record<string, string>>;
/** An address that no server listens on. */
let closedUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-management-"));
  emulator = createEmulator();
  const closed = await emulator.listen();
  closedUrl = closed.url;
  await closed.close();
  server = await emulator.listen();
  account = { GHL_BASE_URL: server.url, GHL_TOKEN: emulator.seed.tokens.location, GHL_LOCATION_ID: emulator.seed.locationId };
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function csv(name: string, ...rows: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${[header, ...rows].join("\n")}\n`);
  return path;
}

/** Requests that change something. */
function writes(): readonly string[] {
  return emulator
    .requests()
    .filter(({ method, path }) => method !== "GET" && !path.includes("/search"))
    .map(({ method, path }) => `${method} ${path}`);
}

describe("lead-management", () => {
  it("pushes leads end to end, adopts duplicates, and reports one outcome per row", async () => {
    emulator.reset();
    const out = join(folder, "out.csv");
    const leads = await csv(
      "leads.csv",
      "Zoë,Müller,zoe@example.com,(202) 555-0100,website,solar quote,1500,yes",
      "Zoe,Mueller,ZOE@example.com,,referral,solar quote,,no",
      "Ada,L,not-an-address,202.555.0101,website,consultation,lots,no",
      "No,Body,,call me,website,consultation,,no",
    );
    const { code, output } = await run(main, ["--csv", leads, "--out", out, "--live", "--yes", "--send-messages"], {
      ...account,
      GHL_WRITE_LOCATIONS: emulator.seed.locationId,
    });
    expect(output).toMatch(/created +│ +2 │/);
    expect(output).toContain("line 5: rejected");
    expect(output).toContain("0 × 429");
    expect(code).toBe(1);
    const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => line.split(",").slice(0, 2).join(" "))).toEqual([
      "line outcome",
      "2 created",
      "3 adopted",
      "4 created",
      "5 rejected",
    ]);
    expect(lines[1]).toContain("workflow task sms");
    expect(lines[3]).toContain('""not-an-address"" left out');
    expect(emulator.requests().filter(({ operation }) => operation === "conversations.sendMessage")).toHaveLength(1);
    const created = emulator.requests().filter(({ operation, status }) => operation === "opportunities.create" && status === 201);
    expect(created).toHaveLength(2);
  });

  it("run twice, adds nothing twice", async () => {
    emulator.reset();
    const leads = await csv("twice.csv", "Zoë,Müller,zoe@example.com,(202) 555-0100,website,solar quote,1500,no");
    const args = ["--csv", leads, "--out", join(folder, "twice-out.csv"), "--live", "--yes"];
    const env = { ...account, GHL_WRITE_LOCATIONS: emulator.seed.locationId };
    expect((await run(main, args, env)).code).toBe(0);
    const second = await run(main, args, env);
    expect(second.output).toMatch(/adopted +│ +1 │/);
    expect(emulator.requests().filter(({ operation, status }) => operation === "opportunities.create" && status < 300)).toHaveLength(1);
  });

  it("runs as a marketplace app as well", async () => {
    const leads = await csv("oauth.csv", "Zoë,Müller,zoe@example.com,(202) 555-0100,website,solar quote,1500,yes");
    const { code, output } = await run(main, ["--csv", leads, "--out", join(folder, "oauth-out.csv"), "--oauth"]);
    expect(output).toContain("as an app installed through OAuth");
    expect(output).toMatch(/created +│ +1 │/);
    expect(code).toBe(0);
  });

  it("writes nothing without --live --yes, and sends no SMS without --send-messages", async () => {
    emulator.reset();
    const leads = await csv("dry.csv", "Zoë,Müller,zoe@example.com,(202) 555-0100,website,solar quote,1500,yes");
    const dry = await run(main, ["--csv", leads, "--out", join(folder, "dry-out.csv")], account);
    expect(dry.output).toContain("would create");
    expect(dry.code).toBe(0);
    expect(writes()).toEqual([]);
    await run(main, ["--csv", leads, "--out", join(folder, "dry-out.csv"), "--live", "--yes"], {
      ...account,
      GHL_WRITE_LOCATIONS: emulator.seed.locationId,
    });
    expect(writes()).toContain("POST /contacts/");
    expect(writes()).not.toContain("POST /conversations/messages");
  });

  it.each([
    ["a wrong token", () => ({ ...account, GHL_TOKEN: "pit-wrong" }), [], "does not accept GHL_TOKEN"],
    [
      "a token of another location",
      () => ({ ...account, GHL_TOKEN: emulator.seed.tokens.secondLocation }),
      [],
      "belongs to another location",
    ],
    ["an unreachable host", () => ({ ...account, GHL_BASE_URL: closedUrl }), [], "cannot be reached"],
    ["a file that is not there", () => ({}), ["--csv", "/nowhere/leads.csv"], "there is no such file"],
    ["plain http to elsewhere", () => ({ ...account, GHL_BASE_URL: "http://example.com" }), [], "must be https"],
  ])("ends in one clear sentence: %s", async (_, env, args, sentence) => {
    const { code, output } = await run(main, args, env());
    expect(output).toContain(sentence);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
    expect(output).not.toContain("pit-wrong");
    expect(code).toBe(2);
  });
});

describe("live:check", () => {
  it("is green on the emulator, reads only, and finds no drift", async () => {
    emulator.reset();
    const { code, output } = await run(liveCheck, [], account);
    expect(output).toContain("All checks passed.");
    expect(output).toContain("0 of them differ");
    expect(code).toBe(0);
    expect(writes()).toEqual([]);
  });

  it("says what is wrong in one sentence", async () => {
    const { code, output } = await run(liveCheck, [], { ...account, GHL_TOKEN: "pit-wrong" });
    expect(output).toContain("does not accept GHL_TOKEN");
    expect(code).toBe(2);
  });
});
