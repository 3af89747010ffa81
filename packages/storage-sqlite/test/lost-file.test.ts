import { chmod, copyFile, mkdir, mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import type { Stores, TokenRecord } from "@ghlkit/storage";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createSqliteStorage } from "../src/index.ts";

let folder: string;
let path: string;
let stores: Stores;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-lost-"));
  await mkdir(join(folder, "data"));
  path = join(folder, "data", "store.db");
  stores = createSqliteStorage({ path });
  await stores.tokens.put(pair, { expectedVersion: 0 });
  await stores.inbox.insert(sampleDelivery("before"));
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true, force: true });
});

const pair: TokenRecord = {
  principal: { app: "app", kind: "location", resource: "loc" },
  accessToken: "a",
  refreshToken: "r",
  expiresAt: 1,
  scopes: [],
  userType: "Location",
  extra: {},
};
const other = { ...pair, principal: { ...pair.principal, resource: "other" } };

async function reasonOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return "done";
  } catch (error) {
    if (!isGhlError(error, "storage")) throw error;
    expect(error.message).toContain("store.db");
    return error.reason;
  }
}

const writes = (): readonly Promise<unknown>[] => [
  stores.inbox.insert(sampleDelivery("after")),
  stores.inbox.beat({ gapAfterMs: 1000 }),
  stores.inbox.claim({ owner: "w", limit: 1, leaseMs: 1000 }),
  stores.tokens.put(other, { expectedVersion: 0 }),
  stores.leases.acquire("l", { ttlMs: 1000, owner: "o" }),
  stores.states.remember("n", { ttlMs: 1000 }),
  stores.rates.reserve("b", { reservation: "r", count: 1, limit: 1, windowMs: 1000, leaseMs: 1000 }),
  stores.journal.start("k", { leaseMs: 1000 }),
];
const reads = (): readonly Promise<unknown>[] => [
  stores.tokens.get(pair.principal),
  stores.inbox.get("before"),
  stores.inbox.query(),
  stores.inbox.backlog(),
  stores.journal.get("k"),
];
const reasons = async (actions: readonly Promise<unknown>[]): Promise<string[]> => [...new Set(await Promise.all(actions.map(reasonOf)))];

async function makeAnother(at: string): Promise<void> {
  await createSqliteStorage({ path: at }).close();
}

describe("a file that is not the one that was opened any more", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["was deleted", () => rm(path)],
    ["was deleted with its log", () => Promise.all(["", "-wal", "-shm"].map((suffix) => rm(`${path}${suffix}`)))],
    ["was deleted and made anew", async () => { await rm(path); await makeAnother(path); }], // prettier-ignore
    ["was moved away", () => rename(path, `${path}.old`)],
    ["was replaced by another database", async () => { await makeAnother(join(folder, "b.db")); await rename(join(folder, "b.db"), path); }], // prettier-ignore
    ["was replaced by a copy of itself", async () => { await copyFile(path, `${path}.copy`); await rename(`${path}.copy`, path); }], // prettier-ignore
    ["was replaced by an empty file", async () => { await rm(path); await writeFile(path, ""); }], // prettier-ignore
    ["is in a folder that was moved away", () => rename(join(folder, "data"), join(folder, "elsewhere"))],
    ["is in a folder that another one was put in place of", async () => { await rename(join(folder, "data"), join(folder, "elsewhere")); await mkdir(join(folder, "data")); }], // prettier-ignore
    ["has lost its log", () => rm(`${path}-wal`)],
    ["has another log", async () => { await rm(`${path}-wal`); await writeFile(`${path}-wal`, ""); }], // prettier-ignore
  ])("one that %s is refused by every store, for writing and reading", async (_name, lose) => {
    await lose();
    expect(await reasons(writes())).toEqual(["unavailable"]);
    expect(await reasons(reads())).toEqual(["unavailable"]);
  });

  it("is written to again when it was put back", async () => {
    await rename(path, `${path}.away`);
    expect(await reasonOf(stores.inbox.insert(sampleDelivery("after")))).toBe("unavailable");
    await rename(`${path}.away`, path);
    expect(await stores.inbox.insert(sampleDelivery("after"))).toBe("new");
  });

  it("that has lost its index of the log takes no writes", async () => {
    await rm(`${path}-shm`);
    expect(await reasons(writes())).toEqual(["unavailable"]);
  });

  it("leaves the database that took its place alone when it is closed", async () => {
    await rm(path);
    await rm(`${path}-wal`);
    const next = createSqliteStorage({ path });
    await next.inbox.insert(sampleDelivery("next"));
    await stores.close();
    expect(await next.inbox.insert(sampleDelivery("next-2"))).toBe("new");
    await next.close();
    const again = createSqliteStorage({ path });
    expect((await again.inbox.query()).deliveries.length).toBe(2);
    await again.close();
  });
});

describe("a file that was changed from outside", () => {
  const checkpoint = (): void => {
    const database = new DatabaseSync(path);
    database.exec("pragma wal_checkpoint(truncate)");
    database.close();
  };

  it.each([0, 100, 4096, 9000])("that was cut off to %i bytes is refused", async (bytes) => {
    checkpoint();
    await stores.inbox.beat({ gapAfterMs: 1000 });
    await truncate(path, bytes);
    expect(await reasons(writes())).toEqual(["corrupt"]);
    expect(await reasons(reads())).toEqual(["corrupt"]);
  });

  it("that became shorter by VACUUM goes on", async () => {
    for (let at = 0; at < 200; at += 1) await stores.inbox.insert(sampleDelivery(`d-${at}`, { body: new Uint8Array(4000) }));
    checkpoint();
    await stores.inbox.beat({ gapAfterMs: 1000 });
    const database = new DatabaseSync(path);
    database.exec("delete from inbox; vacuum; pragma wal_checkpoint(truncate)");
    database.close();
    expect(await stores.inbox.insert(sampleDelivery("after"))).toBe("new");
    expect((await stores.inbox.query()).deliveries.map(({ id }) => id)).toEqual(["after"]);
  });

  it("that was made read-only takes no writes until it is writable again, whoever the user is", async () => {
    await chmod(path, 0o444);
    expect(await reasons(writes())).toEqual(["read_only"]);
    expect(await reasons(reads())).toEqual(["done"]);
    await chmod(path, 0o600);
    expect(await stores.inbox.insert(sampleDelivery("after"))).toBe("new");
  });

  it("is found when the process changes its working directory", async () => {
    const before = process.cwd();
    process.chdir(join(folder, "data"));
    const relative = createSqliteStorage({ path: "relative.db" });
    process.chdir(folder);
    expect(await relative.inbox.insert(sampleDelivery("a"))).toBe("new");
    await relative.close();
    process.chdir(before);
  });
});
