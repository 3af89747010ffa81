import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checksumsOf, differences, verifiedTarballs, writeChecksums } from "../../src/release/checksums.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-checksums-"));
  for (const name of ["a-1.0.0.tgz", "b-1.0.0.tgz"]) await writeFile(join(folder, name), name);
  await writeChecksums(folder, await checksumsOf(files()));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const files = (): readonly string[] => ["b-1.0.0.tgz", "a-1.0.0.tgz"].map((name) => join(folder, name));

test("tarballs that are as they were packed are returned", async () => {
  expect(await verifiedTarballs(folder)).toEqual([join(folder, "a-1.0.0.tgz"), join(folder, "b-1.0.0.tgz")]);
});

test("a tarball that changed after packing ends the release", async () => {
  await appendFile(join(folder, "b-1.0.0.tgz"), "x");
  await expect(verifiedTarballs(folder)).rejects.toThrow(/^b-1\.0\.0\.tgz: SHA-256 [0-9a-f]{64} and [0-9a-f]{64}$/);
});

test("a tarball that is missing ends the release", async () => {
  await rm(join(folder, "a-1.0.0.tgz"));
  await expect(verifiedTarballs(folder)).rejects.toThrow("a-1.0.0.tgz");
});

test.each(["", "not a checksum\n", `${"0".repeat(64)}  ../elsewhere.tgz\n`])(
  "a list that is empty or not understood ends the release: %j",
  async (text) => {
    await writeFile(join(folder, "SHA256SUMS"), text);
    await expect(verifiedTarballs(folder)).rejects.toThrow("SHA256SUMS");
  },
);

test("two sets of tarballs are compared by name", () => {
  const one = new Map([["a.tgz", "1"], ["b.tgz", "2"], ["c.tgz", "3"]]); // prettier-ignore
  const other = new Map([["a.tgz", "1"], ["b.tgz", "9"], ["d.tgz", "4"]]); // prettier-ignore
  expect(differences(one, other)).toEqual(["b.tgz: SHA-256 2 and 9", "c.tgz: SHA-256 3 and (absent)", "d.tgz: SHA-256 (absent) and 4"]);
});
