import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmulator } from "@ghlkit/emulator";
import { createManualClock } from "@ghlkit/core/testing";
import type { TokenRecord } from "@ghlkit/storage";
import { openGhl, openStorage, storageFromEnv } from "../../src/node.ts";

let folder: string;
let database: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-key-"));
  database = join(folder, "store.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pair: TokenRecord = {
  principal: { app: "app", kind: "location", resource: "loc" },
  accessToken: "very-secret-access",
  refreshToken: "very-secret-refresh",
  expiresAt: 1,
  scopes: [],
  userType: "Location",
  extra: {},
};
const newKey = (): string => randomBytes(32).toString("base64");
const bytes = async (): Promise<string> => {
  const files = ["", "-wal"].map((suffix) => readFile(`${database}${suffix}`, "latin1").catch(() => ""));
  return (await Promise.all(files)).join("");
};

describe("openStorage({ encryptionKey })", () => {
  it.each([
    ["base64", "base64"],
    ["base64url", "base64url"],
    ["hex", "hex"],
  ] as const)("encrypts tokens with a key in %s", async (_name, encoding) => {
    const encryptionKey = randomBytes(32).toString(encoding);
    const storage = await openStorage({ database, encryptionKey });
    await storage.tokens.put(pair, { expectedVersion: 0 });
    expect(await bytes()).not.toContain("very-secret");
    expect(await storage.tokens.get(pair.principal)).toMatchObject(pair);
    expect(storage.where).toContain("tokens encrypted");
    await storage.close();
    const again = await openStorage({ database, encryptionKey: ` ${encryptionKey}\n` });
    expect(await again.tokens.get(pair.principal)).toMatchObject(pair);
    await again.close();
  });

  it("reads what was stored as plain text, and encrypts it when asked to", async () => {
    const plain = await openStorage({ database });
    expect(plain.encryptTokens).toBeUndefined();
    await plain.tokens.put(pair, { expectedVersion: 0 });
    await plain.close();
    const storage = await openStorage({ database, encryptionKey: newKey() });
    expect(await storage.tokens.get(pair.principal)).toMatchObject(pair);
    expect(await storage.encryptTokens?.()).toEqual({ written: 1, skipped: 0 });
    expect((await storage.tokens.get(pair.principal))?.accessToken).toBe("very-secret-access");
    await storage.close();
    expect(await bytes()).not.toContain("very-secret");
  });

  it("reads under an older key while a new one encrypts, and refuses another key", async () => {
    const [old, current] = [newKey(), newKey()];
    const first = await openStorage({ database, encryptionKey: old });
    await first.tokens.put(pair, { expectedVersion: 0 });
    await first.close();
    for (const encryptionKey of [`${current}, ${old}`, [current, old]]) {
      const rotated = await openStorage({ database, encryptionKey });
      expect((await rotated.tokens.get(pair.principal))?.accessToken).toBe("very-secret-access");
      await rotated.encryptTokens?.();
      await rotated.close();
    }
    const wrong = await openStorage({ database, encryptionKey: old });
    await expect(wrong.tokens.get(pair.principal)).rejects.toMatchObject({ code: "storage" });
    await wrong.close();
  });

  const wrongKeys: readonly (readonly [string, string])[] = [
    ["short", randomBytes(16).toString("base64")],
    ["long", randomBytes(33).toString("base64")],
    ["a passphrase", "correct horse battery staple of 32"],
    ["empty", ""],
    ["of zeros", "0".repeat(64)],
    ["half of a list", `${newKey()},`],
  ];
  it.each(wrongKeys)("refuses a key that is %s, without showing it", async (_name, encryptionKey) => {
    const error = (await openStorage({ database, encryptionKey }).catch((cause: unknown) => cause)) as Error;
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("openssl rand -base64 32") });
    if (encryptionKey.length > 0) expect(error.message).not.toContain(encryptionKey);
  });
});

describe("GHL_ENCRYPTION_KEY", () => {
  it("is read beside the database or alone, and refused in one sentence when it cannot be a key", () => {
    const key = newKey();
    expect(storageFromEnv({ GHL_ENCRYPTION_KEY: key })).toEqual({ encryptionKey: key });
    expect(storageFromEnv({ GHL_DATABASE: "a.db", GHL_ENCRYPTION_KEY: key })).toEqual({ database: "a.db", encryptionKey: key });
    expect(() => storageFromEnv({ GHL_ENCRYPTION_KEY: "secret" })).toThrow("GHL_ENCRYPTION_KEY is not 32 bytes");
  });

  it.each(["variable", "option"])("encrypts what openGhl stores, as a %s", async (how) => {
    const emulator = createEmulator();
    const { app, locationId } = emulator.seed;
    const redirectUri = "http://127.0.0.1:3000/cb";
    const key = newKey();
    const env = { GHL_BASE_URL: "http://127.0.0.1", GHL_CLIENT_ID: app.clientId, GHL_CLIENT_SECRET: app.clientSecret, GHL_REDIRECT_URI: redirectUri, GHL_DATABASE: database }; // prettier-ignore
    const settings = { fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)) };
    const ghl =
      how === "variable"
        ? await openGhl(settings, { ...env, GHL_ENCRYPTION_KEY: key })
        : await openGhl({ ...settings, encryptionKey: key }, env);
    const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
    await ghl.auth?.installations.connect(await ghl.auth.endpoint.exchange(code));
    expect((await ghl.location(locationId).locations.get()).location.id).toBe(locationId);
    const stored: TokenRecord[] = [];
    for await (const token of ghl.storage?.tokens.list() ?? []) stored.push(token);
    expect(stored.length).toBeGreaterThan(0);
    const text = await bytes();
    for (const { accessToken, refreshToken } of stored) {
      expect(text).not.toContain(accessToken);
      expect(text).not.toContain(refreshToken ?? accessToken);
    }
    await ghl.close();
  });

  it("makes no file for a private token", async () => {
    const { seed } = createEmulator();
    const ghl = await openGhl({}, { GHL_TOKEN: seed.tokens.location, GHL_LOCATION_ID: seed.locationId, GHL_ENCRYPTION_KEY: newKey() });
    expect(ghl.storage).toBeUndefined();
    await ghl.close();
  });
});

it("gives its clock to an SQLite file, the rate windows included", async () => {
  const clock = createManualClock();
  const storage = await openStorage({ database, clock });
  const rate = { reservation: "r", count: 1, limit: 1, windowMs: 1000, leaseMs: 500 };
  expect((await storage.rates.reserve("b", rate)).granted).toBe(1);
  expect((await storage.rates.reserve("b", { ...rate, reservation: "s" })).granted).toBe(0);
  await clock.advance(2000);
  expect((await storage.rates.reserve("b", { ...rate, reservation: "t" })).granted).toBe(1);
  await storage.close();
});
