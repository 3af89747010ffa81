import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl } from "ghlkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../run.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";
const token = ["pit", "11111111-2222-3333-4444-555555555555"].join("-");
const dayMs = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

let folder: string;
let number = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-tokens-"));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  for (const name of ["GHL_TOKEN", "GHL_LOCATION_ID", "GHL_COMPANY_ID", "GHL_TOKEN_CREATED_AT", "GHL_DATABASE", "GHL_CLIENT_ID"])
    vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

/** An app with its tokens in a file, installed through consent. */
async function installed() {
  const database = join(folder, `${(number += 1)}.db`);
  const emulator = createEmulator();
  const { app, locationId, companyId } = emulator.seed;
  const storage = createSqliteStorage({ path: database });
  const ghl = createGhl({
    oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri },
    storage,
    baseUrl: "http://127.0.0.1",
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
  await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
  await ghl.auth.installations.settled();
  vi.stubEnv("GHL_DATABASE", database);
  return { emulator, storage, ghl, locationId, companyId };
}

describe("ghlkit tokens", () => {
  it("lists the private token of the environment with its age, and never the token", async () => {
    vi.stubEnv("GHL_TOKEN", token);
    vi.stubEnv("GHL_LOCATION_ID", "loc-1");
    vi.stubEnv("GHL_TOKEN_CREATED_AT", daysAgo(10));
    const { code, out } = await run("tokens", "--check");
    expect(code).toBe(0);
    expect(out).toMatch(/private \W+location loc-1 \W+sha256 [0-9a-f]{8}… \W+10 days \W+not recorded \W+rotate in 80 days/);
    expect(`${out}${(await run("tokens", "--json")).out}`).not.toContain(token);
  });

  it("--check ends with 1 when a private token is due, at the age that is asked for", async () => {
    vi.stubEnv("GHL_TOKEN", token);
    vi.stubEnv("GHL_LOCATION_ID", "loc-1");
    vi.stubEnv("GHL_TOKEN_CREATED_AT", daysAgo(91));
    expect((await run("tokens")).code).toBe(0);
    const { code, out } = await run("tokens", "--check");
    expect([code, out]).toEqual([1, expect.stringContaining("rotate it with an overlap")]);
    expect((await run("tokens", "--check", "--rotate-after", "120")).code).toBe(0);
  });

  it("reads a file of tokens, with dates and without", async () => {
    const file = join(folder, "tokens.json");
    await writeFile(file, JSON.stringify({ "loc-1": token, "loc-2": { token, createdAt: daysAgo(100) } }));
    const { code, out } = await run("tokens", "--tokens", file, "--json", "--check");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { resource: "loc-1", next: { isDue: false, text: expect.stringContaining("state when it was made") } },
      { resource: "loc-2", next: { isDue: true } },
    ]);
    await writeFile(file, JSON.stringify({ "loc-1": { token, createdAt: "yesterday" } }));
    expect(await run("tokens", "--tokens", file)).toMatchObject({
      code: 2,
      err: '"yesterday" is no date of a token: write it as 2026-09-01.\n',
    });
  });

  it("lists the installations of an app, and what has to be done after its grant has died", async () => {
    const { emulator, storage, ghl, locationId, companyId } = await installed();
    await ghl.location(locationId).locations.get();
    const { code, out } = await run("tokens", "--check");
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`app \\W+location ${locationId} \\W+active, minted from its company \\W+0 h \\W+0 h ago \\W+none`));
    expect(out).toContain("Nothing is due.");
    emulator.oauth.expire({ companyId }, "both");
    await ghl.auth.tokens.refreshDue({ withinMs: 400 * dayMs });
    const after = await run("tokens", "--check");
    expect(after.code).toBe(1);
    expect(after.out).toMatch(new RegExp(`company ${companyId} .*have a person of the account open the consent page`));
    expect(after.out).not.toMatch(/eyJ/);
    await storage.close();
  });

  it("is called wrongly where there is nothing to list", async () => {
    expect(await run("tokens")).toMatchObject({ code: 2, err: expect.stringContaining("There is no token") });
    vi.stubEnv("GHL_DATABASE", join(folder, "mistyped.db"));
    expect(await run("tokens")).toMatchObject({ code: 2, err: expect.stringContaining("There is no file") });
    vi.stubEnv("GHL_TOKEN", token);
    expect(await run("tokens")).toMatchObject({ code: 2, err: expect.stringContaining("GHL_LOCATION_ID or GHL_COMPANY_ID") });
  });
});
