import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import type { Stores, TokenRecord } from "@ghlkit/storage";
import { createSqliteStorage } from "../src/index.ts";
import { openDatabase } from "../src/open-database.ts";
import { storesOn } from "../src/stores-on.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-sqlite-"));
  path = join(folder, "store.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function pair(resource: string, extra: Record<string, unknown> = {}): TokenRecord {
  const principal = { app: "app", kind: "location", resource } as const;
  return { principal, accessToken: "very-secret-a", refreshToken: "very-secret-r", expiresAt: 1, scopes: [], userType: "Location", extra };
}

/** What opening or using a store fails with, secrets looked for on the way. */
async function failure(action: () => Stores | Promise<unknown>): Promise<{ reason: string; message: string }> {
  try {
    await action();
  } catch (error) {
    if (!isGhlError(error, "storage")) throw error;
    for (const text of [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error.stack)])
      expect(text).not.toContain("very-secret");
    return { reason: error.reason, message: error.message };
  }
  throw new Error("It did not fail.");
}

async function filled(): Promise<void> {
  const stores = createSqliteStorage({ path });
  for (let at = 0; at < 30; at += 1) await stores.tokens.put(pair(`loc-${at}`, { text: "x".repeat(2000) }), { expectedVersion: 0 });
  await stores.close();
}

describe("a file that is not a good database", () => {
  it.each([
    ["text", Buffer.from("this is no database at all, but somebody's notes\n".repeat(50))],
    ["zeros", Buffer.alloc(8192)],
  ])("refuses %s and leaves it alone", async (_name, bytes) => {
    await writeFile(path, bytes);
    const { reason, message } = await failure(() => createSqliteStorage({ path }));
    expect(reason).toBe("corrupt");
    expect(message).toContain(path);
    expect(await readFile(path)).toEqual(bytes);
  });

  it("tells damage it comes upon later, and overwrites nothing", async () => {
    await filled();
    const file = await open(path, "r+");
    const { size } = await file.stat();
    for (let page = 4096; page < size; page += 4096) await file.write(Buffer.alloc(200, 0xee), 0, 200, page);
    await file.close();
    const before = await readFile(path);
    const { reason, message } = await failure(async () => {
      const stores = createSqliteStorage({ path });
      try {
        await stores.tokens.put(pair("loc-1"), { expectedVersion: 1 });
      } finally {
        await stores.close();
      }
    });
    expect([reason, /backup/.test(message)]).toEqual(["corrupt", true]);
    expect(await readFile(path)).toEqual(before);
  });

  it("refuses tables of a newer version and leaves them alone", async () => {
    await filled();
    const database = new DatabaseSync(path);
    database.exec("insert into ghlkit_schema values (99, 'later'); pragma wal_checkpoint(truncate)");
    database.close();
    const before = await readFile(path);
    const { reason, message } = await failure(() => createSqliteStorage({ path }));
    expect([reason, /update the package/.test(message)]).toEqual(["newer_schema", true]);
    expect(await readFile(path)).toEqual(before);
  });

  it("refuses the database of another program and leaves it alone", async () => {
    const database = new DatabaseSync(path);
    database.exec("create table tokens (mine text)");
    database.close();
    const before = await readFile(path);
    const { reason, message } = await failure(() => createSqliteStorage({ path }));
    expect([reason, /another program/.test(message)]).toEqual(["other", true]);
    expect(await readFile(path)).toEqual(before);
  });

  it("refuses a folder that is not there, and a folder as a file", async () => {
    expect((await failure(() => createSqliteStorage({ path: join(folder, "none", "a.db") }))).reason).toBe("unavailable");
    expect((await failure(() => createSqliteStorage({ path: folder }))).reason).toBe("unavailable");
  });
});

describe("a disk that does not take it", () => {
  it("says full, keeps what was there, and goes on when there is room", async () => {
    const database = openDatabase(path);
    const stores = storesOn(database, { path });
    const first = await stores.tokens.put(pair("loc-1"), { expectedVersion: 0 });
    const pages = Number(database.prepare("pragma page_count").get()?.["page_count"]);
    database.exec(`pragma max_page_count = ${pages + 2}`);
    const big = pair("loc-1", { text: "x".repeat(100_000) });
    const expected = { expectedVersion: first.stored ? first.version : 0 };
    const { reason, message } = await failure(() => stores.tokens.put(big, expected));
    expect([reason, /Make room/.test(message)]).toEqual(["full", true]);
    expect(await stores.tokens.get(big.principal)).toMatchObject({ ...pair("loc-1"), version: expected.expectedVersion });
    database.exec("pragma max_page_count = 100000");
    expect((await stores.tokens.put(big, expected)).stored).toBe(true);
    await stores.close();
  });

  it("says read-only for a file or folder that may not be written, and leaves it alone", async () => {
    await filled();
    const before = await readFile(path);
    for (const [target, mode] of [
      [path, 0o444],
      [folder, 0o555],
    ] as const) {
      const usual = (await stat(target)).mode;
      await chmod(target, mode);
      await chmod(folder, (await stat(folder)).mode | 0o055);
      expect(await openedByAnotherUser()).toMatchObject({ code: "storage", reason: "read_only" });
      await chmod(target, usual);
    }
    expect(await readFile(path)).toEqual(before);
  });

  it("says read-only when the database itself is so", async () => {
    await filled();
    const database = new DatabaseSync(path, { readOnly: true });
    const stores = storesOn(database, { path });
    expect((await failure(() => stores.tokens.put(pair("loc-99"), { expectedVersion: 0 }))).reason).toBe("read_only");
    expect((await stores.tokens.get(pair("loc-1").principal))?.accessToken).toBe("very-secret-a");
    await stores.close();
  });
});

describe("everyday", () => {
  it("lets only its owner read the file and its log", async () => {
    const stores = createSqliteStorage({ path });
    await stores.tokens.put(pair("loc-1"), { expectedVersion: 0 });
    const modes = await Promise.all([path, `${path}-wal`, `${path}-shm`].map(async (file) => (await stat(file)).mode & 0o777));
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    await stores.close();
  });

  it("writes through to the disk, with a write-ahead log", () => {
    const database = openDatabase(path);
    expect(database.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(database.prepare("pragma synchronous").get()).toEqual({ synchronous: 2 });
    database.close();
  });

  it("does not wait for the disk where it was told so, and each time anew", () => {
    for (const [synchronous, expected] of [
      ["NORMAL", 1],
      ["FULL", 2],
      ["NORMAL", 1],
    ] as const) {
      // prettier-ignore
      const database = openDatabase(path, synchronous);
      expect(database.prepare("pragma synchronous").get()).toEqual({ synchronous: expected });
      database.close();
    }
  });

  it("keeps what it holds over a restart", async () => {
    await filled();
    const stores = createSqliteStorage({ path });
    expect((await stores.tokens.get(pair("loc-29").principal))?.extra).toEqual({ text: "x".repeat(2000) });
    await stores.close();
  });

  it("says closed after close, which may be called twice", async () => {
    const stores = createSqliteStorage({ path });
    await stores.close();
    await stores.close();
    expect((await failure(() => stores.tokens.get(pair("loc-1").principal))).reason).toBe("closed");
  });

  it("says busy when another process holds the lock for too long, and waits for a short one", async () => {
    const stores = createSqliteStorage({ path, busyTimeoutMs: 60 });
    const other = new DatabaseSync(path);
    other.exec("begin immediate");
    expect((await failure(() => stores.tokens.put(pair("loc-1"), { expectedVersion: 0 }))).reason).toBe("busy");
    const patient = createSqliteStorage({ path, busyTimeoutMs: 5000 });
    const write = patient.tokens.put(pair("loc-1"), { expectedVersion: 0 });
    other.exec("commit");
    expect((await write).stored).toBe(true);
    other.close();
    await Promise.all([stores.close(), patient.close()]);
  });

  it("shows no secret when it is printed", async () => {
    const stores = createSqliteStorage({ path });
    await stores.tokens.put(pair("loc-1"), { expectedVersion: 0 });
    expect(inspect(stores, { depth: 9, showHidden: true }) + JSON.stringify(stores)).not.toContain("very-secret");
    await stores.close();
  });
});

/** Root may write everything, so that another user has to try. */
async function openedByAnotherUser(): Promise<unknown> {
  const program = `
    import { createSqliteStorage } from ${JSON.stringify(fileURLToPath(new URL("../src/index.ts", import.meta.url)))};
    try { createSqliteStorage({ path: ${JSON.stringify(path)} }); console.log("{}"); }
    catch (error) { console.log(JSON.stringify(error)); }`;
  await mkdir(folder, { recursive: true });
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { ...user, encoding: "utf8" });
  return stdout === "" ? stderr : (JSON.parse(stdout) as unknown);
}
