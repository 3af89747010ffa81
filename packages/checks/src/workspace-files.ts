import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Every file of the workspace that is tracked or would be: what `.gitignore` names is left out. Paths are relative to the root. */
export async function workspaceFiles(root: string): Promise<readonly string[]> {
  const run = promisify(execFile);
  const list = async (...options: string[]): Promise<string[]> => {
    const { stdout } = await run("git", ["ls-files", "-z", ...options], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    return stdout.split("\0").filter((path) => path !== "");
  };
  const gone = new Set(await list("--deleted"));
  const files = await list("--cached", "--others", "--exclude-standard");
  return [...new Set(files)].filter((path) => !gone.has(path)).toSorted();
}
