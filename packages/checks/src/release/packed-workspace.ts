import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyWorkspace, linkDependencies } from "../copy-workspace.ts";
import { packAll } from "../pack-all.ts";
import type { Tarball } from "../pack-tarballs.ts";
import { runCommand } from "../run-command.ts";

/** A copy of the workspace as the next release will have it: versions raised, changelogs written, built and packed. */
export interface PackedWorkspace {
  /** Root of the copy. */
  readonly root: string;
  /** Folder with the tarballs and their checksums. */
  readonly folder: string;
  readonly tarballs: readonly Tarball[];
  readonly remove: () => Promise<void>;
}

/**
 * Makes the next release in a copy of the workspace: versions from the changesets, build, tarballs.
 *
 * @throws Error with the output of the command that failed.
 */
export function packNextRelease(root: string): Promise<PackedWorkspace> {
  return packCopy(root, async (copy) => {
    const versions = await runCommand(copy, ["changeset", "version"]);
    if (!versions.ok) throw new Error(`changeset version failed in a copy of the workspace:\n${versions.output}`);
  });
}

/** Packs a workspace as it stands once more, in another folder. */
export function packAgain({ root }: PackedWorkspace): Promise<PackedWorkspace> {
  return packCopy(root, () => Promise.resolve());
}

async function packCopy(root: string, prepare: (copy: string) => Promise<void>): Promise<PackedWorkspace> {
  const copy = await mkdtemp(join(tmpdir(), "ghlkit-release-"));
  const remove = (): Promise<void> => rm(copy, { recursive: true, force: true });
  try {
    await copyWorkspace(root, copy);
    await linkDependencies(root, copy);
    await prepare(copy);
    const folder = join(copy, "tarballs");
    return { root: copy, folder, tarballs: await packAll(copy, folder), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
