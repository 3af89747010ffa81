import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import { overrides, tools, type Tool } from "./versions.ts";

/** Outside of every checkout: worktrees share it, and `.ci/run` empties `.tmp`. */
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ghlkit-runtimes");

/**
 * Installs a runtime or bundler from npm, unless it is in the cache.
 * @returns its folder, with `node_modules`.
 * @throws Error when it cannot be installed: a runtime that was not tried has not passed.
 */
export async function installTool(root: string, tool: Tool): Promise<string> {
  const manifest = JSON.stringify({ private: true, dependencies: tools[tool], overrides: overrides[tool] });
  const folder = join(cache, `${tool}-${createHash("sha256").update(manifest).digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(`${folder}.`);
  try {
    await writeFile(join(making, "package.json"), manifest);
    // With install scripts: node, bun and deno put their program in place in them.
    const { ok, output } = await runCommand(root, ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"], making);
    if (!ok) throw new Error(`${tool} cannot be installed from npm:\n${output}`);
    // In one step: a run beside this one sees all of it or nothing.
    await rename(making, folder).catch(() => undefined);
    return folder;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** A program that a tool brings. */
export function programOf(folder: string, name: string): string {
  return join(folder, "node_modules", ".bin", name);
}
