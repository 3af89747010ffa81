import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { packTarball, type Tarball } from "./pack-tarball.ts";
import { publishedPackages } from "./published-packages.ts";
import { runCommand } from "./run-command.ts";

/** Builds every published package from nothing, so that no file of an earlier build is packed, and packs them into a folder. */
export async function packAll(root: string, folder: string): Promise<readonly Tarball[]> {
  const published = await publishedPackages(root);
  for (const entry of published) await rm(join(entry.folder, "dist"), { recursive: true, force: true });
  // One at a time: each runs `tsc -b`, which looks after the packages it refers to as well.
  const build = await runCommand(root, ["turbo", "run", "build", "--force", "--concurrency=1", "--output-logs=errors-only"]);
  if (!build.ok) throw new Error(build.output);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tarballs: Tarball[] = [];
  for (const entry of published) tarballs.push(await packTarball(root, entry, folder));
  return tarballs;
}
