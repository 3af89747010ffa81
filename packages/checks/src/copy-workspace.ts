import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runCommand } from "./run-command.ts";
import { workspaceFiles } from "./workspace-files.ts";

/** Clones the workspace and lays the files as they stand over the clone, so that what is not committed yet is included. */
export async function copyWorkspace(root: string, target: string): Promise<void> {
  const cloned = await runCommand(root, ["git", "clone", "--quiet", "--no-hardlinks", root, target]);
  if (!cloned.ok) throw new Error(cloned.output);
  const files = new Set(await workspaceFiles(root));
  for (const path of files) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await copyFile(join(root, path), join(target, path));
  }
  const gone = (await workspaceFiles(target)).filter((path) => !files.has(path));
  if (gone.length > 0) await runCommand(target, ["git", "rm", "--quiet", "--force", "--", ...gone]);
}
