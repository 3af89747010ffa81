import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

/** A file of a packed package. */
export interface TarballFile {
  /** Path inside the package, e.g. `dist/index.js`. */
  readonly path: string;
  readonly content: Buffer;
}

const block = 512;

/** Reads the files of a packed package, folders left out. Long paths, as in pax headers, are refused: none of ours has one. */
export async function readTarball(file: string): Promise<readonly TarballFile[]> {
  const tar = gunzipSync(await readFile(file));
  const files: TarballFile[] = [];
  for (let at = 0; at + block <= tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8);
    const kind = String.fromCharCode(tar[at + 156] ?? 0);
    if (kind === "0" || kind === "\0")
      files.push({ path: pathAt(tar, at).replace(/^package\//, ""), content: tar.subarray(at + block, at + block + size) });
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

/** A path of more than 100 bytes has its beginning in the prefix field. */
function pathAt(tar: Buffer, at: number): string {
  const name = textAt(tar, at, 100);
  const isUstar = tar.toString("latin1", at + 257, at + 262) === "ustar";
  const prefix = isUstar ? textAt(tar, at + 345, 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function textAt(tar: Buffer, at: number, length: number): string {
  const field = tar.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end);
}
