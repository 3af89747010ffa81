import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { createReleases } from "../create-releases.ts";
import { readRelease } from "../release-package.ts";

// A tag and a release on GitHub for each published package, with the notes of its changelog: `node create-releases.ts <folder>`.
const commit = process.env["GITHUB_SHA"];
if (commit === undefined) throw new Error("GITHUB_SHA is not set: it is the commit that was published.");
const gh = async (args: readonly string[]): Promise<void> => void (await promisify(execFile)("gh", args));
const isThere = async (tag: string): Promise<boolean> =>
  gh(["release", "view", tag]).then(
    () => true,
    () => false,
  );
const packages = await readRelease(resolve(process.argv[2] ?? "tarballs"));
for (const tag of await createReleases(packages, { commit, gh, isThere })) console.log(`${tag} released`);
