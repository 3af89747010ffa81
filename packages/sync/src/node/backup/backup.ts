import { mkdir } from "node:fs/promises";
import { systemClock, type Clock } from "@ghlkit/core";
import { Copy } from "../../copy/copy.ts";
import type { CopyEngine } from "../../copy/copy-engine.ts";
import { kinds as allKinds, type Kind, type Wire } from "../../kinds/kind.ts";
import { readManifest, writeManifest, type BackupManifest, type BackupPart } from "./manifest.ts";
import { readPart, writePart } from "./part-file.ts";

/** Options of {@link backup}. */
export interface BackupOptions {
  /** The copy: `sqlite("crm.db")`, `postgres({ … })`. It stays open. */
  readonly from: CopyEngine;
  /** Folder of this backup, made when it is missing. One that is not finished there is gone on with. */
  readonly folder: string;
  /** Ids of the locations. */
  readonly locations: readonly string[];
  /** @default all seven kinds */
  readonly kinds?: readonly Kind[];
  /**
   * Records of one file.
   * @default 10_000
   */
  readonly recordsPerFile?: number;
  /** Ends it: what is written stays, and the next one goes on. */
  readonly signal?: AbortSignal;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now">;
}

/** What a backup holds. */
export interface BackupReport {
  readonly files: number;
  readonly records: Readonly<Partial<Record<Kind, number>>>;
}

/**
 * Writes the records of a copy as gzipped JSON lines, with a checksum of each file in `manifest.json`. It makes no call. A file is written whole or not at
 * all; after a crash the same call goes on behind the last one.
 * @throws GhlError `storage` when the copy cannot be read, and the errors of the file system.
 */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const { from, folder, locations, kinds = allKinds, recordsPerFile = 10_000, signal, clock = systemClock } = options;
  const copy = new Copy(from);
  await copy.ready();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = await readManifest(folder);
  let manifest: BackupManifest = before?.finishedAt === undefined ? (before ?? { version: 1, begunAt: clock.now(), parts: [] }) : before;
  if (manifest.finishedAt !== undefined) return reportOf(manifest);
  for (const locationId of locations) {
    for (const kind of kinds) {
      for (;;) {
        signal?.throwIfAborted();
        const written = manifest.parts.filter((part) => part.locationId === locationId && part.kind === kind);
        const records = await copy.page({ locationId, kind }, written.at(-1)?.lastId ?? "", recordsPerFile);
        if (records.length === 0) break;
        const file = `${locationId}/${kind}-${String(written.length + 1).padStart(5, "0")}.jsonl.gz`;
        const part = await writePart(folder, { file, locationId, kind }, records);
        manifest = { ...manifest, parts: [...manifest.parts, part] };
        await writeManifest(folder, manifest);
      }
    }
  }
  manifest = { ...manifest, finishedAt: clock.now() };
  await writeManifest(folder, manifest);
  return reportOf(manifest);
}

/** Reads the records of a backup, file by file. @throws GhlError `invalid_response` for a file that is damaged, `invalid_request` where there is no backup. */
export async function* readBackup(folder: string): AsyncGenerator<BackupPart & { readonly bodies: readonly Wire[] }, void, undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw new TypeError(`There is no backup in ${folder}.`);
  for (const part of manifest.parts) yield { ...part, bodies: await readPart(folder, part) };
}

function reportOf({ parts }: BackupManifest): BackupReport {
  const records: Partial<Record<Kind, number>> = {};
  for (const part of parts) records[part.kind] = (records[part.kind] ?? 0) + part.records;
  return { files: parts.length, records };
}
