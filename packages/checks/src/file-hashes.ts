import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { workspaceFiles } from "./workspace-files.ts";

/** Path and sha256 of files. */
export type FileHashes = ReadonlyMap<string, string>;

/** Hashes of the workspace's files whose path matches. */
export async function fileHashes(root: string, pattern: RegExp): Promise<FileHashes> {
  const paths = (await workspaceFiles(root)).filter((path) => pattern.test(path));
  const hash = async (path: string): Promise<[string, string]> => {
    const bytes = await readFile(join(root, path));
    return [path, createHash("sha256").update(bytes).digest("hex")];
  };
  return new Map(await Promise.all(paths.map(hash)));
}

/** Which files differ, one line each. */
export function changedFiles(before: FileHashes, after: FileHashes): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === now) return [];
    return [`${old === undefined ? "is new" : now === undefined ? "is gone" : "differs"}: ${path}`];
  });
}
