import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { ghlError } from "@ghlkit/core";
import type { Wire } from "../../kinds/kind.ts";
import type { BackupPart } from "./manifest.ts";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Writes the records of a part, whole or not at all. */
export async function writePart(
  folder: string,
  part: Pick<BackupPart, "file" | "locationId" | "kind" | "lastId">,
  bodies: readonly Wire[],
): Promise<BackupPart> {
  const bytes = await compress(bodies.map((body) => `${JSON.stringify(body)}\n`).join(""));
  const file = join(folder, part.file);
  await mkdir(dirname(file), { recursive: true });
  // Only their owner may read what is in there.
  await writeFile(`${file}.tmp`, bytes, { flush: true, mode: 0o600 });
  await rename(`${file}.tmp`, file);
  const { file: name, locationId, kind, lastId } = part;
  return { file: name, locationId, kind, lastId, records: bodies.length, sha256: hashOf(bytes) };
}

/** @throws GhlError `invalid_response` when the file is not the one that was written. */
export async function readPart(folder: string, { file, sha256, records }: BackupPart): Promise<readonly Wire[]> {
  const bytes = await readFile(join(folder, file));
  if (hashOf(bytes) !== sha256) throw damaged(file, "its checksum is wrong");
  const lines = (await expand(bytes)).toString("utf8").split("\n").slice(0, -1);
  if (lines.length !== records) throw damaged(file, `it has ${lines.length} records instead of ${records}`);
  return lines.map((line) => JSON.parse(line) as Wire);
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function damaged(file: string, why: string): Error {
  return ghlError("invalid_response", `${file} of the backup is damaged: ${why}. Take another backup.`, { status: 0 });
}
