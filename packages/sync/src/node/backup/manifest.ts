import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ghlError } from "@ghlkit/core";
import type { SyncKey } from "../../copy/kind-state.ts";
import type { Kind } from "../../kinds/kind.ts";
import type { LocationNames } from "./location-names.ts";

/** What a file of a backup holds: a kind of the copy, or what only backups with `notes` have. */
export type BackupKind = Kind | "notes" | "tasks";

/** A file of a backup: gzip of JSON lines, one record each, as the platform had it. */
export interface BackupPart {
  /** Relative to the folder of the backup. */
  readonly file: string;
  readonly locationId: string;
  readonly kind: BackupKind;
  readonly records: number;
  /** Of the file, in hex. */
  readonly sha256: string;
  /** Id of its last record: parts of a kind are in the order of their ids. For notes the last contact whose notes were read. */
  readonly lastId: string;
}

/** What a backup holds: `manifest.json` in its folder. */
export interface BackupManifest {
  readonly version: 1;
  /** Ms since epoch. */
  readonly begunAt: number;
  /** Absent while it is not finished. */
  readonly finishedAt?: number;
  /** What was asked for. Absent in a backup of an older version. */
  readonly asked?: { readonly locations: readonly string[]; readonly kinds: readonly Kind[]; readonly notes: boolean };
  /** Kinds that the copy had not read to their end when they were written. Absent where there is none. */
  readonly incomplete?: readonly SyncKey[];
  /** By location id: names of what records refer to by id. Absent in a backup without `ghl`. */
  readonly names?: Readonly<Record<string, LocationNames>>;
  readonly parts: readonly BackupPart[];
}

/** @returns `undefined` where there is none. @throws GhlError `invalid_request` for a file that is no manifest. */
export async function readManifest(folder: string): Promise<BackupManifest | undefined> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const manifest = parsed(text);
  if (manifest?.version === 1 && Array.isArray(manifest.parts)) return manifest as BackupManifest;
  throw ghlError("invalid_request", `${join(folder, "manifest.json")} is no manifest of a backup that this version can read.`, {});
}

function parsed(text: string): Partial<BackupManifest> | undefined {
  try {
    return JSON.parse(text) as Partial<BackupManifest> | undefined;
  } catch {
    return undefined;
  }
}

/** Puts the manifest in place of the old one, whole or not at all. */
export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const file = join(folder, "manifest.json");
  await writeFile(`${file}.tmp`, `${JSON.stringify(manifest, undefined, 2)}\n`, { flush: true });
  await rename(`${file}.tmp`, file);
}
