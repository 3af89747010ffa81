import { execFile } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadContract, type Contract } from "../load/load-contract.ts";
import { StaleOverlays } from "../overlay/overlay-error.ts";

const run = promisify(execFile);

/** Loads a contract from a folder, or from `openapi/` as it stands at a git ref of this repository. */
export async function openContract(folderOrRef: string, root: string): Promise<Contract> {
  if ((await stat(folderOrRef).catch(() => undefined))?.isDirectory()) return loadContract(folderOrRef);
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-contract-"));
  try {
    const { stdout } = await run("git", ["-C", root, "archive", folderOrRef, "openapi"], { encoding: "buffer", maxBuffer: 1 << 28 });
    await writeFile(join(folder, "openapi.tar"), stdout);
    await run("tar", ["-xf", join(folder, "openapi.tar"), "-C", folder]);
    return await loadContract(join(folder, "openapi"));
  } catch (error) {
    if (error instanceof StaleOverlays) throw error;
    throw new Error(`"${folderOrRef}" is neither a folder nor a git ref that has openapi/`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
