import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { UsageError } from "../usage-error.ts";

const skipped = new Set(["node_modules", "dist", "build", "out", "test", "tests", "__tests__"]);
const isSource = (name: string): boolean => /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]sx?$/.test(name);

/** The source files of a folder, or the one file; tests, builds and dependencies are left out. @throws UsageError */
export async function sourceFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`There is no ${path}: --source names the folder of your code.`);
  if (found.isFile()) return [path];
  const files: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    const folders = relative(path, entry.parentPath).split(/[/\\]/);
    if (entry.isFile() && isSource(entry.name) && !folders.some((folder) => skipped.has(folder) || folder.startsWith(".")))
      files.push(file);
  }
  return files.toSorted();
}
