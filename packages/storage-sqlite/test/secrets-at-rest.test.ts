import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TokenRecord } from "@ghlkit/storage";
import { createSqliteStorage } from "../src/index.ts";

let folder: string;
let path: string;
const warn = vi.spyOn(console, "warn");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-rest-"));
  path = join(folder, "store.db");
  warn.mockReset().mockImplementation(() => {});
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = "very-secret-refresh-token";

function pair(resource: string): TokenRecord {
  const principal = { app: "app", kind: "location", resource } as const;
  return {
    principal,
    accessToken: `a-${resource}`,
    refreshToken: secret,
    expiresAt: 1,
    scopes: [],
    userType: "Location",
    extra: { long: secret.repeat(500) },
  };
}

async function bytesOnDisk(): Promise<string> {
  const files = await Promise.all(["", "-wal"].map((suffix) => readFile(`${path}${suffix}`, "latin1").catch(() => "")));
  return files.join("");
}

it("leaves no byte of a deleted token in the file or its log", async () => {
  const stores = createSqliteStorage({ path });
  for (const resource of ["a", "b"]) {
    const { version } = (await stores.tokens.put(pair(resource), { expectedVersion: 0 })) as { version: number };
    await stores.tokens.put({ ...pair(resource), expiresAt: 2 }, { expectedVersion: version });
  }
  expect(await bytesOnDisk()).toContain(secret);
  for (const resource of ["a", "b"]) expect(await stores.tokens.delete(pair(resource).principal)).toEqual({ deleted: true });
  expect(await bytesOnDisk()).not.toContain(secret);
  await stores.close();
  expect(await bytesOnDisk()).not.toContain(secret);
});

// Windows has no mode bits: Node reports 0o666 for every file there, and the store warns about none.
describe.skipIf(process.platform === "win32")("the mode of the file (POSIX)", () => {
  it.each([0o644, 0o640, 0o660, 0o604])("%o, with which others may use an existing file, is warned about", async (mode) => {
    await createSqliteStorage({ path }).close();
    expect(warn).not.toHaveBeenCalled();
    await chmod(path, mode);
    await createSqliteStorage({ path }).close();
    expect(warn.mock.calls).toEqual([[expect.stringContaining(`${path} (mode ${mode.toString(8)})`)]]);
  });

  it("of a log that others may read is warned about", async () => {
    const stores = createSqliteStorage({ path });
    await chmod(`${path}-wal`, 0o644);
    await createSqliteStorage({ path }).close();
    expect(warn.mock.calls).toEqual([[expect.stringContaining(`${path}-wal (mode 644)`)]]);
    await stores.close();
  });

  it("of an empty file that was made by hand is warned about, too", async () => {
    await writeFile(path, "", { mode: 0o644 });
    await chmod(path, 0o644);
    await createSqliteStorage({ path }).close();
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
