import { appendFile, copyFile, cp, glob, mkdir, symlink } from "node:fs/promises";
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

/** Gives a copy of the workspace the dependencies that the workspace has installed; packages of the workspace are those of the copy. */
export async function linkDependencies(root: string, target: string): Promise<void> {
  await symlink(join(root, "node_modules"), join(target, "node_modules"));
  // `.gitignore` names folders; this is a link.
  await appendFile(join(target, ".git", "info", "exclude"), "/node_modules\n");
  for await (const path of glob("{packages,apps}/*/node_modules", { cwd: root })) {
    // Relative links: those of dependencies lead to the root's folder, those of the workspace to the copy.
    const filter = (source: string): boolean => !/node_modules[\\/]\./.test(source.slice(root.length));
    await cp(join(root, path), join(target, path), { recursive: true, verbatimSymlinks: true, filter });
  }
}
