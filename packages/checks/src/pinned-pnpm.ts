import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Version of pnpm the workspace is pinned to. */
export async function pinnedPnpm(root: string): Promise<string> {
  const { packageManager } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { packageManager: string };
  return packageManager.replace(/^pnpm@/, "").replace(/\+.*$/, "");
}
