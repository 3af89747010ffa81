import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Graph } from "./circles.ts";
import { importsOf } from "./imports-of.ts";

/** The imports of a package's `src`, generated files left out. Paths are relative to `src`. */
export interface PackageImports {
  /** Files of the package, and the files of it that each imports. */
  readonly files: Graph;
  /** What it imports from elsewhere, and the files that do so. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** Reads the imports of a package, given by its folder. */
export function readPackageImports(folder: string): PackageImports {
  const src = join(folder, "src");
  const files = new Map<string, Set<string>>();
  const others = new Map<string, string[]>();
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    const path = relative(src, join(entry.parentPath, entry.name));
    if (!entry.isFile() || !path.endsWith(".ts") || path.startsWith("generated/") || path.includes("/generated/")) continue;
    const own = new Set<string>();
    files.set(path, own);
    for (const name of importsOf(path, readFileSync(join(src, path), "utf8"))) {
      if (name.startsWith(".")) own.add(join(dirname(path), name));
      else others.set(name, [...(others.get(name) ?? []), path]);
    }
  }
  return { files, others };
}

/** The folders of a package and those that each imports. Files beside the folders stand for themselves; `src/index.ts` is left out. */
export function foldersOf(files: Graph): Graph {
  const folders = new Map<string, Set<string>>();
  for (const [path, imports] of files) {
    if (path === "index.ts") continue;
    const folder = folderOf(path);
    const own = folders.get(folder) ?? new Set<string>();
    folders.set(folder, own);
    for (const target of imports) if (folderOf(target) !== folder) own.add(folderOf(target));
  }
  return folders;
}

function folderOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}
