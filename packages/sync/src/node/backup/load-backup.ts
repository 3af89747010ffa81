import { ghlError } from "@ghlkit/core";
import { Copy } from "../../copy/copy.ts";
import type { CopyEngine } from "../../copy/copy-engine.ts";
import { definitions } from "../../kinds/definitions.ts";
import type { Kind } from "../../kinds/kind.ts";
import { shapeRecord } from "../../record/record-shape.ts";
import { readManifest } from "./manifest.ts";
import { readPart } from "./part-file.ts";

/** Options of {@link loadBackup}. */
export interface LoadBackupOptions {
  /** Folder of the backup. */
  readonly folder: string;
  /** The copy that was lost, made anew: `sqlite("crm.db")`. It stays open. */
  readonly into: CopyEngine;
  /** @default all of the backup */
  readonly locations?: readonly string[];
  /** Ends it; the same call goes on. */
  readonly signal?: AbortSignal;
}

/** Records of one transaction. */
const chunk = 500;

/**
 * Fills a copy from a backup, without a call: reports and pages work at once, while the next readings find what has changed since. What the copy knows already is not
 * touched, unless it is older.
 * @throws GhlError `invalid_response` for a file that is damaged, `invalid_request` where there is no backup, `storage`.
 */
export async function loadBackup({
  folder,
  into,
  locations,
  signal,
}: LoadBackupOptions): Promise<{ readonly records: Readonly<Partial<Record<Kind, number>>> }> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw ghlError("invalid_request", `There is no backup in ${folder}.`, {});
  const copy = new Copy(into);
  await copy.ready();
  const loaded: Partial<Record<Kind, number>> = {};
  for (const part of manifest.parts) {
    const { kind, locationId } = part;
    if (kind === "notes" || kind === "tasks" || locations?.includes(locationId) === false) continue;
    const bodies = await readPart(folder, part);
    for (let at = 0; at < bodies.length; at += chunk) {
      signal?.throwIfAborted();
      const shaped = bodies.slice(at, at + chunk).flatMap((body) => shapeRecord(definitions[kind], body) ?? []);
      await copy.write(
        { locationId, kind },
        { records: shaped.map((record) => ({ ...record, source: "backfill", observedAt: manifest.begunAt })) },
      );
      loaded[kind] = (loaded[kind] ?? 0) + shaped.length;
    }
  }
  return { records: loaded };
}
