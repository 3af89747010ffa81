import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface OpenedSource {
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** Opens a source: a folder as it is, a git URL as a shallow clone in a temporary folder. */
export async function openSource(from: string, ref: string | undefined): Promise<OpenedSource> {
  if ((await stat(from).catch(() => undefined))?.isDirectory()) return { folder: resolve(from), close: async () => {} };
  if (!/^(https?|ssh|git|file):\/\/|^[\w.-]+@[\w.-]+:/.test(from)) throw new Error(`${from} is neither a folder nor a git URL`);
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-source-"));
  const close = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await run("git", ["init", "--quiet", folder]);
    await run("git", ["-C", folder, "remote", "add", "origin", from]);
    await run("git", ["-C", folder, "fetch", "--quiet", "--depth", "1", "origin", ref ?? "HEAD"]);
    await run("git", ["-C", folder, "checkout", "--quiet", "FETCH_HEAD"]);
    return { folder, close };
  } catch (cause) {
    await close();
    const reason = (cause as { readonly stderr?: string }).stderr?.trim().split("\n").at(-1) ?? (cause as Error).message;
    throw new Error(`cannot fetch ${ref ?? "HEAD"} of ${from}: ${reason}`);
  }
}
