import { copyFile, cp, glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { publishedManifest, type Manifest, type WorkspaceVersions } from "./published-manifest.ts";
import type { PublishedPackage } from "./published-packages.ts";
import { runCommand } from "./run-command.ts";

/** A packed package. */
export interface Tarball extends PublishedPackage {
  /** Absolute path. */
  readonly file: string;
}

/** Packs built packages with npm, each with the manifest that is published. The same sources make the same bytes. */
export async function packTarballs(root: string, packages: readonly PublishedPackage[], folder: string): Promise<readonly Tarball[]> {
  const versions = await workspaceVersions(root);
  const staged = await mkdtemp(join(tmpdir(), "ghlkit-pack-"));
  try {
    const folders = await Promise.all(packages.map((entry) => stage(root, entry, { versions, staged })));
    const { ok, output } = await runCommand(root, ["npm", "pack", "--ignore-scripts", "--pack-destination", folder, ...folders]);
    if (!ok) throw new Error(`npm pack failed:\n${output}`);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
  const files = new Set(await readdir(folder));
  return packages.map((entry) => {
    const file = `${entry.name.replace(/^@/, "").replace("/", "-")}-${entry.version}.tgz`;
    if (!files.has(file)) throw new Error(`npm pack left no ${file}.`);
    return { ...entry, file: join(folder, file) };
  });
}

interface Staging {
  readonly versions: WorkspaceVersions;
  /** Folder for all packages. */
  readonly staged: string;
}

/** Lays the files of a package that are published into a folder of their own. */
async function stage(root: string, { folder }: PublishedPackage, { versions, staged }: Staging): Promise<string> {
  const target = join(staged, basename(folder));
  await mkdir(target);
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  await writeFile(join(target, "package.json"), `${JSON.stringify(publishedManifest(manifest, versions), undefined, 2)}\n`);
  await copyFile(join(root, "LICENSE"), join(target, "LICENSE"));
  for await (const name of glob("*.md", { cwd: folder })) await copyFile(join(folder, name), join(target, name));
  await cp(join(folder, "dist"), join(target, "dist"), { recursive: true });
  return target;
}

async function workspaceVersions(root: string): Promise<WorkspaceVersions> {
  const packages = new Map<string, string>();
  for await (const path of glob("packages/*/package.json", { cwd: root })) {
    const { name, version } = JSON.parse(await readFile(join(root, path), "utf8")) as { readonly name: string; readonly version: string };
    packages.set(name, version);
  }
  const { catalog } = parse(await readFile(join(root, "pnpm-workspace.yaml"), "utf8")) as Pick<WorkspaceVersions, "catalog">;
  return { packages, catalog };
}
