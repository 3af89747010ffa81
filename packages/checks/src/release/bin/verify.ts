import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readRelease } from "../release-package.ts";
import { runNpm } from "../run-npm.ts";
import { isOnThisMachine, verifyRelease } from "../verify-release.ts";

// Compares what the registry serves with the tarballs of a folder: `node verify.ts <folder>`.
const registry = (await runNpm(["config", "get", "registry"])).stdout.trim();
const folder = await mkdtemp(join(tmpdir(), "ghlkit-verify-"));
try {
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const packages = await readRelease(resolve(process.argv[2] ?? "tarballs"));
  const signed = isOnThisMachine(registry) ? undefined : { commit: releasedCommit(), readJson };
  const problems = await verifyRelease(packages, { npm: runNpm, folder, signed });
  for (const problem of problems) console.error(problem);
  const signatures =
    signed !== undefined ? "with provenance and valid signatures" : "signatures not checked: a registry on this machine has none";
  if (problems.length === 0) console.log(`${packages.length} packages on ${registry} are the ones that were packed, ${signatures}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function releasedCommit(): string {
  const commit = process.env["GITHUB_SHA"];
  if (commit === undefined) throw new Error("GITHUB_SHA is not set: provenance is compared with it.");
  return commit;
}

async function readJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return answer.json();
}
