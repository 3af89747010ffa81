import { cp, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PackageSources } from "./package-sources.ts";
import { projectManifest } from "./project-manifest.ts";
import { projectName } from "./project-name.ts";
import { folderOf, type Template } from "./template.ts";
import { UsageError } from "./usage-error.ts";

export interface ProjectOptions {
  /** Where it is made; its name becomes that of the package. */
  readonly folder: string;
  readonly template: Template;
  readonly sources: PackageSources;
}

/** What an empty folder may have: a repository that was just made. */
const allowed = new Set([".git", ".DS_Store"]);

/** Left by work on a template in the workspace. */
const leftBehind = new Set(["node_modules", ".next", ".wrangler", "next-env.d.ts"]);

/**
 * Writes a project into a folder that is missing or empty.
 *
 * @throws UsageError when the folder has files, or cannot name a package; nothing is written then.
 */
export async function createProject({ folder, template, sources }: ProjectOptions): Promise<void> {
  const name = projectName(folder);
  await refuseFiles(folder);
  const source = folderOf(template);
  const manifest = await projectManifest(join(source, "package.json"), name, sources);
  await mkdir(folder, { recursive: true });
  await cp(source, folder, { recursive: true, filter: (path) => !leftBehind.has(basename(path)) });
  // npm leaves files of this name out of a package.
  await rename(join(folder, "_gitignore"), join(folder, ".gitignore"));
  await writeFile(join(folder, "package.json"), manifest);
}

async function refuseFiles(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") throw new UsageError(`${folder} is a file: choose another name.`);
    throw error;
  });
  const found = entries.filter((entry) => !allowed.has(entry));
  if (found.length > 0) throw new UsageError(`${folder} is not empty: it has ${found.slice(0, 3).join(", ")}. Choose another folder.`);
}
