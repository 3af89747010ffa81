import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import { createEmulator } from "@ghlkit/emulator";
import { createGhl } from "../../src/index.ts";
import { openStorage, storageFromEnv } from "../../src/node.ts";

const folder = await mkdtemp(join(tmpdir(), "ghlkit-storage-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("openStorage", () => {
  it("lets two clients of two connections keep one rate limit", async () => {
    const emulator = createEmulator();
    const { locationId, tokens } = emulator.seed;
    const database = join(folder, "shared.db");
    const storages = [await openStorage({ database }), await openStorage({ database })];
    expect(storages[0]?.where).toBe(`SQLite ${database}`);
    let refused = 0;
    const clients = storages.map((storage) =>
      createGhl({
        token: tokens.location,
        location: locationId,
        baseUrl: "http://127.0.0.1",
        storage,
        retry: { maxAttempts: 1 },
        cacheMs: false,
        limits: { limit: 10, maxWaitMs: 200 },
        fetch: (url, init) => emulator.fetch(new Request(url, init)),
      }),
    );
    const outcomes = await Promise.all(
      clients.flatMap((ghl) =>
        Array.from({ length: 10 }, (_, at) =>
          ghl.contacts.search({ body: { locationId, pageLimit: at + 1 } }).then(
            () => "sent",
            (error: unknown) => {
              refused += 1;
              return isGhlError(error) ? error.code : error;
            },
          ),
        ),
      ),
    );
    expect([outcomes.filter((outcome) => outcome === "sent").length, refused]).toEqual([10, 10]);
    expect(new Set(outcomes)).toEqual(new Set(["sent", "queue_full"]));
    await Promise.all(clients.map((ghl) => ghl.close()));
    await Promise.all(storages.map((storage) => storage.close()));
  });

  it("writes no file for a client without storage", async () => {
    const before = await readdir(".");
    const emulator = createEmulator();
    const { locationId, tokens } = emulator.seed;
    const fetch = (url: string | URL, init?: RequestInit): Promise<Response> => emulator.fetch(new Request(url, init));
    const ghl = createGhl({ token: tokens.location, location: locationId, baseUrl: "http://127.0.0.1", fetch });
    await ghl.locations.get({ locationId });
    await ghl.close();
    expect(await readdir(".")).toEqual(before);
  });

  it.each(["mysql://localhost/db", "file:///tmp/x.db"])("refuses %s in one sentence", async (database) => {
    const error: unknown = await openStorage({ database }).catch((caught: unknown) => caught);
    expect(isGhlError(error, "invalid_request") && error.message).toContain("SQLite file or a postgres://");
  });

  it("says where a database cannot be opened, without its password", async () => {
    const database = "postgres://someone:very-secret-word@127.0.0.1:1/none";
    const error: unknown = await openStorage({ database }).catch((caught: unknown) => caught);
    expect(isGhlError(error, "storage") && error.reason).toBe("unavailable");
    expect(JSON.stringify(error)).not.toContain("very-secret-word");
  });
});

describe("storageFromEnv", () => {
  it("reads a database, and Redis beside it", () => {
    expect(storageFromEnv({})).toBeUndefined();
    expect(storageFromEnv({ GHL_DATABASE: " a.db ", GHL_REDIS_URL: "" })).toEqual({ database: "a.db" });
    expect(storageFromEnv({ GHL_DATABASE: "postgres://x/y", GHL_REDIS_URL: "redis://127.0.0.1" })).toEqual({ database: "postgres://x/y", redis: "redis://127.0.0.1" }); // prettier-ignore
  });

  it.each([
    [{ GHL_REDIS_URL: "redis://127.0.0.1" }, "name a database beside it"],
    [{ GHL_DATABASE: "a.db", GHL_REDIS_URL: "http://127.0.0.1" }, "redis://"],
  ])("refuses %j in one sentence", (env, message) => {
    expect(() => storageFromEnv(env)).toThrow(message);
  });
});
