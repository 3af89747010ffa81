import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyWorkspace } from "./copy-workspace.ts";
import { listTarball } from "./list-tarball.ts";
import { packTarball } from "./pack-tarball.ts";
import { pinnedPnpm } from "./pinned-pnpm.ts";
import { publishedPackages } from "./published-packages.ts";
import { pnpmCommand, runCommand } from "./run-command.ts";

// A release up to the last step before publishing, in a copy: versions from the changesets, build, tarballs.
const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const copy = await mkdtemp(join(tmpdir(), "ghlkit-release-"));
try {
  await copyWorkspace(root, copy);
  const pnpm = pnpmCommand(await pinnedPnpm(root));
  await step("install", [...pnpm, "install", "--frozen-lockfile", "--prefer-offline"]);
  await step("version", ["changeset", "version"]);
  await step("build", ["turbo", "run", "build", "--output-logs=errors-only"]);
  const folder = join(copy, ".tmp", "tarballs");
  await mkdir(folder, { recursive: true });
  for (const entry of await publishedPackages(copy)) {
    const { file, version } = await packTarball(copy, entry, folder);
    const { files, packedBytes, unpackedBytes } = await listTarball(file);
    const sizes = `${kilobytes(packedBytes)} packed ${kilobytes(unpackedBytes)} unpacked ${String(files.length).padStart(5)} files`;
    console.log(`${`${entry.name}@${version}`.padEnd(30)} ${sizes}`);
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function step(name: string, command: readonly string[]): Promise<void> {
  const { ok, output } = await runCommand(copy, command);
  if (!ok) throw new Error(`${name} failed:\n${output}`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
}
