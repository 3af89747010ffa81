import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a run replaces: whole folders, of which only the files written remain, and single files, which go. */
export interface Replaced {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** Writes files below a folder, only those that differ, and removes what they replace. Returns the paths written or removed. */
export async function writeContract(root: string, files: ReadonlyMap<string, string>, replaced: Replaced): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [name, text] of files) {
    const path = join(root, name);
    if ((await readFile(path, "utf8").catch(() => undefined)) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    changed.push(name);
  }
  for (const folder of replaced.folders) {
    for (const entry of await readdir(join(root, folder)).catch(() => [])) {
      if (files.has(`${folder}/${entry}`)) continue;
      await rm(join(root, folder, entry));
      changed.push(`${folder}/${entry}`);
    }
  }
  for (const name of replaced.files) {
    await rm(join(root, name));
    changed.push(name);
  }
  return changed;
}
