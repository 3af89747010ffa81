import { stat } from "node:fs/promises";
import { readTarball } from "./release/read-tarball.ts";

export interface TarballList {
  /** Paths inside the package. */
  readonly files: readonly string[];
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** Lists the files of a packed package. */
export async function listTarball(file: string): Promise<TarballList> {
  const files = await readTarball(file);
  const unpackedBytes = files.reduce((sum, { content }) => sum + content.length, 0);
  return { files: files.map(({ path }) => path).toSorted(), packedBytes: (await stat(file)).size, unpackedBytes };
}
