import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundleEntries } from "./bundle-entries.ts";
import { packTarballs, type Tarball } from "./pack-tarballs.ts";
import { publishedPackages } from "./published-packages.ts";
import { checksumsOf, writeChecksums } from "./release/checksums.ts";
import { runCommand } from "./run-command.ts";

/**
 * Builds every published package from nothing, so that no file of an earlier build is packed, and packs them into a folder, with their
 * checksums. It does what `pnpm build` does, in one run of tsc instead of one for each package.
 */
export async function packAll(root: string, folder: string): Promise<readonly Tarball[]> {
  const published = await publishedPackages(root);
  for (const entry of published) await rm(join(entry.folder, "dist"), { recursive: true, force: true });
  const projects = published.map((entry) => join(entry.folder, "tsconfig.build.json"));
  const types = await runCommand(root, ["tsc", "-b", ...projects, "--pretty", "false"]);
  if (!types.ok) throw new Error(types.output);
  for (const entry of published) await bundleEntries(entry.folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tarballs = await packTarballs(root, published, folder);
  await writeChecksums(folder, await checksumsOf(tarballs.map(({ file }) => file)));
  return tarballs;
}
