import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openSource } from "../../src/sync/open-source.ts";
import { checkoutState } from "../../src/sync/source-lock.ts";
import { petsSource, temporaryFolder, writeFiles } from "../source-fixture.ts";

const git = async (folder: string, ...args: string[]) =>
  promisify(execFile)("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@x.test", ...args]);

test("a git URL is cloned to a temporary folder that goes away", async () => {
  const origin = await temporaryFolder();
  await writeFiles(origin, petsSource());
  await git(origin, "init", "--quiet", "--initial-branch=main");
  await git(origin, "add", ".");
  await git(origin, "commit", "--quiet", "-m", "pets");
  const source = await openSource(`file://${origin}`, "main");
  expect((await stat(join(source.folder, "apps/v3/pets-v3.json"))).isFile()).toBe(true);
  const { stdout } = await git(origin, "rev-parse", "HEAD");
  expect(await checkoutState(source.folder)).toMatchObject({ commit: stdout.trim(), repository: `file://${origin}` });
  await source.close();
  await expect(stat(source.folder)).rejects.toThrow("ENOENT");
});

test("a folder inside a checkout is not that checkout", async () => {
  const outer = await temporaryFolder();
  await writeFiles(outer, { "inner/file.txt": "x" });
  await git(outer, "init", "--quiet");
  expect(await checkoutState(join(outer, "inner"))).toEqual({});
});

test("what is neither a folder nor a git URL is refused", async () => {
  await expect(openSource("/no/such/folder", undefined)).rejects.toThrow("neither a folder nor a git URL");
});
