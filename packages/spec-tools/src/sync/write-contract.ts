import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Writes files below a folder, only those that differ, and removes what `owned` folders hold beside them. */
export async function writeContract(
  root: string,
  files: ReadonlyMap<string, string>,
  owned: readonly string[],
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [name, text] of files) {
    const path = join(root, name);
    if ((await readFile(path, "utf8").catch(() => undefined)) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    changed.push(name);
  }
  for (const folder of owned) {
    for (const entry of await readdir(join(root, folder)).catch(() => [])) {
      if (files.has(`${folder}/${entry}`)) continue;
      await rm(join(root, folder, entry));
      changed.push(`${folder}/${entry}`);
    }
  }
  return changed;
}
