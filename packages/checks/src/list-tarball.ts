import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";

export interface TarballList {
  readonly version: string;
  readonly files: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

const block = 512;

/** Counts the files of a packed package. */
export async function listTarball(file: string): Promise<TarballList> {
  const tar = gunzipSync(await readFile(file));
  let [files, unpackedBytes] = [0, 0];
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8);
    const kind = String.fromCharCode(tar[at + 156] ?? 0);
    if (kind === "0" || kind === "\0") {
      files += 1;
      unpackedBytes += size;
    }
    at += block + Math.ceil(size / block) * block;
  }
  const version = /-(\d+\.\d+\.\d+.*)\.tgz$/.exec(basename(file))?.[1] ?? "?";
  return { version, files, packedBytes: (await stat(file)).size, unpackedBytes };
}
