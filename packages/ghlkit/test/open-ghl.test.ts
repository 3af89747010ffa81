import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGhl } from "../src/node.ts";

const emulator = createEmulator();
const { locationId, tokens, app } = emulator.seed;
const settings = { fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)) };
const host = { GHL_BASE_URL: "http://127.0.0.1" };
const redirectUri = "http://127.0.0.1:3000/oauth/callback";
const ofApp = { ...host, GHL_CLIENT_ID: app.clientId, GHL_CLIENT_SECRET: app.clientSecret, GHL_REDIRECT_URI: redirectUri };
const before = process.cwd();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-open-"));
  process.chdir(folder);
});

afterAll(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true, force: true });
});

describe("openGhl", () => {
  it("writes nothing for a private token", async () => {
    const ghl = await openGhl(settings, { ...host, GHL_TOKEN: tokens.location, GHL_LOCATION_ID: locationId });
    expect((await ghl.location(locationId).locations.get()).location.id).toBe(locationId);
    expect([ghl.storage, ghl.auth, existsSync("ghlkit.db")]).toEqual([undefined, undefined, false]);
    await ghl.close();
  });

  it("keeps an app's tokens in a file that people are told of, and finds them there after a restart", async () => {
    const first = await openGhl(settings, ofApp);
    expect(first.storage?.where).toBe("SQLite ghlkit.db");
    const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
    await first.auth?.installations.connect(await first.auth.endpoint.exchange(code));
    await first.close();
    expect(existsSync("ghlkit.db")).toBe(true);

    const second = await openGhl(settings, ofApp);
    expect((await second.location(locationId).locations.get()).location.id).toBe(locationId);
    await second.close();
  });

  it("keeps one rate limit for all who open the same database", async () => {
    const ghl = await openGhl(settings, { ...host, GHL_TOKEN: tokens.location, GHL_LOCATION_ID: locationId, GHL_DATABASE: "shared.db" });
    await ghl.location(locationId).locations.get();
    expect(ghl.limiter.inspectAll()).toMatchObject([{ source: "shared" }]);
    await ghl.close();
  });

  it("gives calls the time to end that it is told to, then closes the storage as well", async () => {
    const ghl = await openGhl(
      { fetch: () => new Promise(() => {}) },
      { ...host, GHL_TOKEN: tokens.location, GHL_LOCATION_ID: locationId, GHL_DATABASE: "hanging.db" },
    );
    const hanging = ghl
      .location(locationId)
      .locations.get()
      .catch((error: unknown) => error);
    await new Promise(setImmediate);
    await ghl.close({ withinMs: 10 });
    expect(await hanging).toMatchObject({ code: "aborted", operation: "locations.get" });
    await expect(ghl.storage?.rates.settle("b", [], { limit: 1, windowMs: 1, leaseMs: 1 })).rejects.toMatchObject({ code: "storage" });
  });

  it("refuses a start that is half configured, in one sentence, and opens nothing", async () => {
    await expect(openGhl(settings, { GHL_CLIENT_ID: "id", GHL_DATABASE: "never.db" })).rejects.toThrow("GHL_CLIENT_SECRET is not");
    const wrong = { ...ofApp, GHL_CLIENT_ID: "no client id", GHL_DATABASE: "closed.db" };
    await expect(openGhl(settings, wrong)).rejects.toThrow("clientId is empty or no client id");
    expect(existsSync("never.db")).toBe(false);
  });
});
