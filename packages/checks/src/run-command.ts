import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

export interface CommandResult {
  readonly ok: boolean;
  /** Standard output and error as they came. */
  readonly output: string;
}

export interface CommandSurroundings {
  /** Working directory. @default the root of the workspace */
  readonly cwd?: string;
  /** Variables besides those of this process. Folders in `PATH` come first. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command of the workspace to its end. `node`, `tsc` and the like are the workspace's own, whatever the machine has.
 *
 * @param where The working directory, or that and variables.
 */
export function runCommand(root: string, command: readonly string[], where: string | CommandSurroundings = {}): Promise<CommandResult> {
  const [file, ...args] = command as [string, ...string[]];
  const { cwd = root, env: more = {} } = typeof where === "string" ? { cwd: where } : where;
  const folders = [more["PATH"], join(root, "node_modules", ".bin"), process.env["PATH"]];
  const path = folders.filter((folder) => folder !== undefined && folder !== "").join(delimiter);
  const env = { ...process.env, ...more, PATH: path, NO_COLOR: "1", FORCE_COLOR: "0" };
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const add = (chunk: string): void => void (output += chunk);
    child.stdout.setEncoding("utf8").on("data", add);
    child.stderr.setEncoding("utf8").on("data", add);
    child.on("error", (error) => resolve({ ok: false, output: `${output}${file}: ${error.message}\n` }));
    child.on("close", (code) => resolve({ ok: code === 0, output: stripVTControlCharacters(output) }));
  });
}

/** How to call the pnpm that runs us, or the pinned one where none does. */
export function pnpmCommand(version: string): readonly string[] {
  const running = process.env["npm_execpath"];
  if (running === undefined || !/pnpm/.test(running)) return ["npx", "--yes", `pnpm@${version}`];
  return /\.c?js$/.test(running) ? [process.execPath, running] : [running];
}
