import { readFile, stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

export interface TarballList {
  /** Paths inside the package. */
  readonly files: readonly string[];
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

const block = 512;

/** Lists the files of a packed package. */
export async function listTarball(file: string): Promise<TarballList> {
  const tar = gunzipSync(await readFile(file));
  const files: string[] = [];
  let unpackedBytes = 0;
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8);
    const kind = String.fromCharCode(tar[at + 156] ?? 0);
    if (kind === "0" || kind === "\0") {
      files.push(textAt(tar, at).replace(/^package\//, ""));
      unpackedBytes += size;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return { files: files.toSorted(), packedBytes: (await stat(file)).size, unpackedBytes };
}

function textAt(tar: Buffer, at: number): string {
  return tar.toString("utf8", at, tar.indexOf(0, at));
}
