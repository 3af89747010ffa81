import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pinnedPnpm } from "./pinned-pnpm.ts";
import type { PublishedPackage } from "./published-packages.ts";
import { pnpmCommand, runCommand } from "./run-command.ts";

/** A packed package. */
export interface Tarball extends PublishedPackage {
  readonly file: string;
}

/** Packs a built package the way it is published: `publishConfig` applied, `workspace:` replaced by versions. */
export async function packTarball(root: string, entry: PublishedPackage, folder: string): Promise<Tarball> {
  const before = new Set(await readdir(folder));
  const command = [...pnpmCommand(await pinnedPnpm(root)), "pack", "--pack-destination", folder];
  const { ok, output } = await runCommand(root, command, entry.folder);
  const file = (await readdir(folder)).find((name) => !before.has(name));
  if (!ok || file === undefined) throw new Error(`pnpm pack of ${entry.name} failed:\n${output}`);
  return { ...entry, file: join(folder, file) };
}
