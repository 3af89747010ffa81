import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pinnedPnpm } from "./pinned-pnpm.ts";
import type { PublishedPackage } from "./published-packages.ts";
import { pnpmCommand, runCommand } from "./run-command.ts";

/** A packed package. */
export interface Tarball extends PublishedPackage {
  /** Absolute path. */
  readonly file: string;
}

/** Packs built packages the way they are published: `publishConfig` applied, `workspace:` replaced by versions. */
export async function packTarballs(root: string, packages: readonly PublishedPackage[], folder: string): Promise<readonly Tarball[]> {
  const filters = packages.flatMap(({ name }) => ["--filter", name]);
  const command = [...pnpmCommand(await pinnedPnpm(root)), "--recursive", ...filters, "pack", "--pack-destination", folder];
  const { ok, output } = await runCommand(root, command);
  if (!ok) throw new Error(`pnpm pack failed:\n${output}`);
  const files = new Set(await readdir(folder));
  return packages.map((entry) => {
    const file = `${entry.name.replace(/^@/, "").replace("/", "-")}-${entry.version}.tgz`;
    if (!files.has(file)) throw new Error(`pnpm pack left no ${file}:\n${output}`);
    return { ...entry, file: join(folder, file) };
  });
}
