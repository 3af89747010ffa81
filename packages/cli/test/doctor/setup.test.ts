import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl } from "ghlkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { SetupCheck } from "../../src/doctor/setup/setup-check.ts";
import { bodyOf, serving, servingReceiver } from "../endpoint.ts";
import { run } from "../run.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

let folder: string;
let emulator: Emulator;
let server: Awaited<ReturnType<Emulator["listen"]>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-doctor-"));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  emulator = createEmulator();
  server = await emulator.listen();
  for (const name of ["GHL_COMPANY_ID", "GHL_CLIENT_ID", "GHL_CLIENT_SECRET", "GHL_REDIRECT_URI", "GHL_DATABASE", "GHL_ENCRYPTION_KEY"])
    vi.stubEnv(name, undefined);
  vi.stubEnv("GHL_BASE_URL", server.url);
  vi.stubEnv("GHL_TOKEN", emulator.seed.tokens.location);
  vi.stubEnv("GHL_LOCATION_ID", emulator.seed.locationId);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

async function examine(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly of: (name: string) => SetupCheck | undefined; readonly names: readonly string[] }> {
  const { code, out, err } = await run("doctor", "--json", ...args);
  if (out === "") throw new Error(err);
  const checks = JSON.parse(out) as readonly SetupCheck[];
  return { code, of: (name) => checks.find((check) => check.name === name), names: checks.map(({ name }) => name) };
}

/** A client of the seeded app, installed through consent, with its tokens in a file. */
async function installedApp(): Promise<string> {
  const database = join(folder, "app.db");
  const { app, locationId } = emulator.seed;
  const storage = createSqliteStorage({ path: database });
  const ghl = createGhl({ oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri }, storage, baseUrl: server.url });
  const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
  await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
  await ghl.auth.installations.settled();
  await storage.close();
  return database;
}

function stubApp(): void {
  const { app } = emulator.seed;
  vi.stubEnv("GHL_TOKEN", undefined);
  vi.stubEnv("GHL_LOCATION_ID", undefined);
  vi.stubEnv("GHL_CLIENT_ID", app.clientId);
  vi.stubEnv("GHL_CLIENT_SECRET", app.clientSecret);
}

describe("ghlkit doctor", () => {
  it("finds nothing wrong with a token that works, and writes nothing to the account", async () => {
    const { code, of } = await examine();
    expect(code).toBe(0);
    for (const name of ["access", "token", "clock", "rate limit", "Version", "answers"])
      expect(of(name), name).toMatchObject({ verdict: "ok" });
    expect(of("scopes")).toMatchObject({
      verdict: "info",
      detail: expect.stringContaining("has contacts.readonly, opportunities.readonly"),
    });
    expect(of("Version")?.detail).toContain("and refuses calls without one");
    expect(emulator.requests(1000).filter(({ method, path }) => method !== "GET" && !path.endsWith("/search"))).toEqual([]);
    const { out } = await run("doctor");
    expect(out).toContain("✓ token");
    expect(out).toContain("Nothing has failed.");
    expect(out).not.toContain(emulator.seed.tokens.location);
  });

  it("names a token that is dead, and looks no further into the account", async () => {
    vi.stubEnv("GHL_TOKEN", ["pit", "11111111-2222-3333-4444-555555555555"].join("-"));
    const { code, of, names } = await examine();
    expect(code).toBe(1);
    expect(of("token")).toMatchObject({
      verdict: "failed",
      detail: expect.stringContaining("token_revoked"),
      action: expect.stringContaining("copied whole"),
    });
    expect(names).toEqual(["access", "token", "store", "webhooks"]);
  });

  it("names a token of another location, and one of the other kind", async () => {
    vi.stubEnv("GHL_LOCATION_ID", emulator.seed.secondLocationId);
    expect((await examine()).of("token")).toMatchObject({ verdict: "failed", action: expect.stringContaining("correct the id") });
    vi.stubEnv("GHL_LOCATION_ID", undefined);
    vi.stubEnv("GHL_COMPANY_ID", emulator.seed.companyId);
    expect((await examine()).of("token")).toMatchObject({ verdict: "failed" });
    vi.stubEnv("GHL_TOKEN", emulator.seed.tokens.agency);
    expect(await examine()).toMatchObject({ code: 0 });
  });

  it("names the scopes that a token has and lacks", async () => {
    vi.stubEnv("GHL_TOKEN", emulator.seed.tokens.contactsReadonly);
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of("token")).toMatchObject({ verdict: "warning", action: expect.stringContaining("locations.readonly") });
    expect(of("scopes")?.detail).toMatch(/^has contacts\.readonly; lacks opportunities\.readonly, /);
  });

  it("names a clock that is wrong", async () => {
    emulator.clock.advance(600_000);
    const { code, of } = await examine();
    expect(code).toBe(1);
    expect(of("clock")).toMatchObject({ verdict: "failed", detail: expect.stringMatching(/^The machine's clock is (599|600) s behind/) });
  });

  it("names a proxy that changes the Version header", async () => {
    vi.stubEnv("GHL_BASE_URL", await proxying(() => ({ version: "1999-01-01" })));
    const { code, of } = await examine();
    expect(code).toBe(1);
    expect(of("token")).toMatchObject({ detail: expect.stringContaining("version_rejected"), action: expect.stringContaining("proxy") });
  });

  it("names versions of v2 that the host takes no longer", async () => {
    vi.stubEnv("GHL_BASE_URL", await proxying(({ version = "" }) => ({ version: version.startsWith("2021-") ? "1999-01-01" : version })));
    expect(await examine()).toMatchObject({ code: 0 });
    expect((await examine()).of("Version")).toMatchObject({
      verdict: "warning",
      detail: "The host refuses 2021-07-28 and 2021-04-15, takes v3, and refuses calls without one.",
      action: expect.stringContaining("v3"),
    });
  });

  it("compares the answers that it has got with the contract", async () => {
    emulator.faults.add({
      operation: "workflows.list",
      kind: "error",
      status: 200,
      body: { workflows: [], surprise: "a secret of the account" },
    });
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of("answers")).toMatchObject({
      verdict: "warning",
      detail: expect.stringMatching(/^1 of \d+ differ from the contract: workflows\.list unknown field at surprise/),
    });
    expect(JSON.stringify(of("answers"))).not.toContain("a secret");
  });

  it("names a host that cannot be reached", async () => {
    vi.stubEnv("GHL_BASE_URL", "http://127.0.0.1:9");
    expect((await examine()).of("token")).toMatchObject({ verdict: "failed", action: expect.stringContaining("GHL_BASE_URL") });
  });

  it("looks into the store: its journal and version, one that is missing, and one that is none", async () => {
    expect((await examine()).of("store")).toMatchObject({ verdict: "info" });
    const database = join(folder, "store.db");
    vi.stubEnv("GHL_DATABASE", database);
    expect((await examine()).of("store")).toMatchObject({ verdict: "warning", detail: expect.stringContaining("There is no file") });
    await createSqliteStorage({ path: database }).close();
    expect((await examine()).of("store")).toMatchObject({
      verdict: "ok",
      detail: expect.stringMatching(/takes writes\. Its journal is WAL, its tables have version \d+\.$/),
    });
    await writeFile(
      database,
      "this is no database, and longer than a header of one would have to be, so that SQLite reads it as such".repeat(20),
    );
    const { code, of } = await examine();
    expect([code, of("store")?.verdict]).toEqual([1, "failed"]);
  });

  it("looks at an app through one of its installations, and says when there is none", async () => {
    stubApp();
    vi.stubEnv("GHL_DATABASE", join(folder, "none.db"));
    const none = await examine();
    expect(none.code).toBe(1);
    expect(none.of("token")).toMatchObject({
      detail: `There is no file ${join(folder, "none.db")} with tokens of the app.`,
      action: expect.stringContaining("GHL_DATABASE"),
    });
    const empty = join(folder, "empty.db");
    await createSqliteStorage({ path: empty }).close();
    vi.stubEnv("GHL_DATABASE", empty);
    expect((await examine()).of("token")).toMatchObject({
      detail: "The app is installed nowhere.",
      action: expect.stringContaining("consent"),
    });
    vi.stubEnv("GHL_DATABASE", await installedApp());
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of("access")?.detail).toContain(`the app ${emulator.seed.app.clientId}, for location `);
    expect(of("scopes")?.detail).toContain("granted: ");
    expect(of("store")).toMatchObject({ verdict: "warning", detail: expect.stringContaining("plain text") });
    expect((await examine("--location", emulator.seed.locationId)).of("access")?.detail).toContain(emulator.seed.locationId);
    expect(await run("doctor", "--location", "elsewhere")).toMatchObject({ code: 2, err: "The app is not installed on elsewhere.\n" });
  });

  it("tries the address of the webhooks with a delivery that must be refused", async () => {
    const { url, inbox } = await servingReceiver();
    expect((await examine("--webhooks", url)).of("webhooks")).toMatchObject({
      verdict: "warning",
      detail: expect.stringContaining("refuses a delivery without a signature (401)"),
      action: expect.stringContaining("tunnel"),
    });
    expect((await inbox.query()).deliveries).toEqual([]);
    const answering = async (status: number): Promise<SetupCheck | undefined> => {
      const at = await serving((request, response) => void request.resume().on("end", () => response.writeHead(status).end()));
      return (await examine("--webhooks", at)).of("webhooks");
    };
    expect(await answering(200)).toMatchObject({ verdict: "failed", action: expect.stringContaining("Verify signatures") });
    expect(await answering(404)).toMatchObject({ verdict: "failed", action: expect.stringContaining("Mount the receiver") });
    expect(await answering(302)).toMatchObject({ verdict: "failed", detail: expect.stringContaining("redirect") });
    expect(await answering(503)).toMatchObject({ verdict: "failed", detail: expect.stringContaining("cannot take deliveries") });
    expect((await examine("--webhooks", "http://127.0.0.1:9/hooks")).of("webhooks")).toMatchObject({
      verdict: "failed",
      detail: expect.stringContaining("Nothing listens"),
    });
  });

  it("is called wrongly with an environment that is half configured", async () => {
    vi.stubEnv("GHL_LOCATION_ID", undefined);
    expect(await run("doctor")).toMatchObject({ code: 2, err: expect.stringContaining("GHL_LOCATION_ID") });
  });
});

/** A proxy before the emulator that changes headers. */
async function proxying(change: (headers: { readonly version?: string }) => { readonly version: string }): Promise<string> {
  const proxy = createServer((request, response) => void pass(request, response));
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { version } = request.headers;
    const headers = {
      authorization: request.headers.authorization ?? "",
      "content-type": request.headers["content-type"] ?? "application/json",
      ...change(typeof version === "string" ? { version } : {}),
    };
    const { method = "GET" } = request;
    const body = method === "POST" ? { body: new Uint8Array(await bodyOf(request)) } : {};
    const answer = await emulator.fetch(new Request(`${server.url}${request.url}`, { method, headers, ...body }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
