import { checkTarball } from "./check-tarball.ts";
import type { Tarball } from "./pack-tarballs.ts";
import { shippedFilesProblems } from "./release/shipped-files.ts";
import { scratchProject } from "./scratch-project.ts";

/** Whatever is wrong with tarballs: each by itself, the files it holds, and all of them installed together. */
export async function tarballProblems(root: string, tarballs: readonly Tarball[]): Promise<readonly string[]> {
  const single = await Promise.all(tarballs.map(checkTarball));
  return [...single.flat(), ...(await shippedFilesProblems(tarballs)), ...(await scratchProject(root, tarballs))];
}
