import { mkdir } from "node:fs/promises";
import { ghlError, systemClock, type Clock } from "@ghlkit/core";
import { Copy } from "../../copy/copy.ts";
import type { CopyEngine } from "../../copy/copy-engine.ts";
import type { SyncKey } from "../../copy/kind-state.ts";
import { kinds as allKinds, type Kind, type Wire } from "../../kinds/kind.ts";
import { nameParts, readLocationNames, type BackupClient, type BackupLocation, type NamePart } from "./location-names.ts";
import { readManifest, writeManifest, type BackupKind, type BackupManifest, type BackupPart } from "./manifest.ts";
import { readPart, writePart } from "./part-file.ts";
import { readNotes } from "./read-notes.ts";
import { readTasks } from "./read-tasks.ts";

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
   * Reads names of the location (custom fields, pipelines, calendars, users; about five calls), without which a restore into another location
   * lacks the names behind the ids. Those whose scope the token lacks are left out: see `unreadNames` of the report. A client for all locations, such as `createGhl`.
   */
  readonly ghl?: BackupClient;
  /**
   * Reads notes and tasks, too, which the copy has not; needs `ghl`. Notes cost one call for each contact, in the bulk lane: 50,000 contacts take 83 minutes at
   * ten calls a second, and a quarter of the day's 200,000. Tasks cost one for ninety.
   * @default false
   */
  readonly notes?: boolean;
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
  readonly records: Readonly<Partial<Record<BackupKind, number>>>;
  /** When an earlier call had finished it, ms since epoch: this one wrote nothing. Absent where this call wrote it. */
  readonly finishedBefore?: number;
  /** Kinds that the copy had not read to their end yet: the backup lacks records of theirs. Absent where there is none. */
  readonly incomplete?: readonly SyncKey[];
  /** By location id: names that the token may not read, and that the backup lacks. Absent where it has all, and without `ghl`. */
  readonly unreadNames?: Readonly<Record<string, readonly NamePart[]>>;
}

/**
 * Writes the records of a copy as gzipped JSON lines, with a checksum of each file in `manifest.json`. Without `ghl` it makes no call. A file is written whole or
 * not at all; after a crash the same call goes on behind the last one. A backup that is finished is left as it is: a new one needs a folder of its own.
 * @throws GhlError `invalid_request` for a location of which the copy knows nothing, and for a folder whose backup was begun for other locations or kinds; `storage` when the copy cannot be read, what a call throws, and the errors of the file system.
 */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const { from, folder, locations, kinds = allKinds, ghl, notes = false, clock = systemClock } = options;
  if (notes && ghl === undefined) throw ghlError("invalid_request", "backup: notes need `ghl`, since they are read from the platform.", {});
  const copy = new Copy(from);
  await copy.ready();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = await readManifest(folder);
  const asked = { locations, kinds, notes };
  if (before !== undefined) checkAsked(before, asked, folder);
  if (before?.finishedAt !== undefined) return { ...reportOf(before), finishedBefore: before.finishedAt };
  const incomplete = await incompleteKinds(copy, locations, kinds);
  const begun = before ?? { version: 1, begunAt: clock.now(), asked, parts: [] };
  const writer = new BackupWriter(copy, { ...begun, ...(incomplete.length > 0 && { incomplete }) }, options);
  for (const locationId of locations) {
    for (const kind of kinds) await writer.writeKind({ locationId, kind });
    if (ghl === undefined) continue;
    const location = ghl.location(locationId).with({ priority: "bulk", ...(options.signal !== undefined && { signal: options.signal }) });
    await writer.writeNames(locationId, location);
    if (notes) await writer.writeNotes(locationId, location);
  }
  return reportOf(await writer.finish(clock.now()));
}

type Asked = NonNullable<BackupManifest["asked"]>;

/** @throws GhlError `invalid_request` for a backup that was begun without some of what is asked for. */
function checkAsked({ asked }: BackupManifest, { locations, kinds, notes }: Asked, folder: string): void {
  if (asked === undefined) return;
  const lacking = [
    ...locations.filter((id) => !asked.locations.includes(id)),
    ...kinds.filter((kind) => !asked.kinds.includes(kind)),
    ...(notes && !asked.notes ? ["notes"] : []),
  ];
  if (lacking.length === 0) return;
  throw ghlError("invalid_request", `The backup in ${folder} was begun without ${lacking.join(", ")}: give another folder.`, {});
}

/** Kinds whose first reading is not at its end. @throws GhlError `invalid_request` for a location of which the copy knows nothing. */
async function incompleteKinds(copy: Copy, locations: readonly string[], kinds: readonly Kind[]): Promise<readonly SyncKey[]> {
  const incomplete: SyncKey[] = [];
  for (const locationId of locations) {
    let isKnown = false;
    for (const kind of allKinds) {
      const state = await copy.state({ locationId, kind });
      isKnown ||= state !== undefined || (await copy.page({ locationId, kind }, "", 1)).length > 0;
      if (state !== undefined && state.lastScan === undefined && kinds.includes(kind)) incomplete.push({ locationId, kind });
    }
    if (!isKnown) throw ghlError("invalid_request", `The copy knows nothing of location ${locationId}: is its id right?`, {});
  }
  return incomplete;
}

/** Writes part after part, each with the manifest that names it. */
class BackupWriter {
  readonly #copy: Copy;
  readonly #options: BackupOptions;
  #manifest: BackupManifest;

  constructor(copy: Copy, manifest: BackupManifest, options: BackupOptions) {
    this.#copy = copy;
    this.#manifest = manifest;
    this.#options = options;
  }

  async writeKind(key: SyncKey): Promise<void> {
    const { signal, recordsPerFile = 10_000 } = this.#options;
    for (;;) {
      signal?.throwIfAborted();
      const records = await this.#copy.page(key, this.#lastId(key), recordsPerFile);
      const lastId = records.at(-1)?.id;
      if (lastId === undefined) return;
      await this.#write(
        { ...key, lastId },
        records.map(({ body }) => body),
      );
    }
  }

  async writeNames(locationId: string, location: BackupLocation): Promise<void> {
    if (this.#manifest.names?.[locationId] !== undefined) return;
    await this.#keep({ names: { ...this.#manifest.names, [locationId]: await readLocationNames(location, locationId) } });
  }

  async writeNotes(locationId: string, location: BackupLocation): Promise<void> {
    const { signal } = this.#options;
    const key = { locationId, kind: "notes" } as const;
    const reading = { copy: this.#copy, locationId, location, signal };
    for (let read = await readNotes(this.#lastId(key), reading); read !== undefined; read = await readNotes(this.#lastId(key), reading))
      await this.#write({ ...key, lastId: read.lastId }, read.notes);
    const tasks = { locationId, kind: "tasks" } as const;
    if (this.#partsOf(tasks).length === 0) await this.#write({ ...tasks, lastId: "" }, await readTasks(location, signal));
  }

  async finish(finishedAt: number): Promise<BackupManifest> {
    await this.#keep({ finishedAt });
    return this.#manifest;
  }

  #partsOf({ locationId, kind }: Pick<BackupPart, "locationId" | "kind">): readonly BackupPart[] {
    return this.#manifest.parts.filter((part) => part.locationId === locationId && part.kind === kind);
  }

  #lastId(key: Pick<BackupPart, "locationId" | "kind">): string {
    return this.#partsOf(key).at(-1)?.lastId ?? "";
  }

  async #write(key: Pick<BackupPart, "locationId" | "kind" | "lastId">, bodies: readonly Wire[]): Promise<void> {
    const file = `${key.locationId}/${key.kind}-${String(this.#partsOf(key).length + 1).padStart(5, "0")}.jsonl.gz`;
    const part = await writePart(this.#options.folder, { ...key, file }, bodies);
    await this.#keep({ parts: [...this.#manifest.parts, part] });
  }

  async #keep(more: Partial<BackupManifest>): Promise<void> {
    this.#manifest = { ...this.#manifest, ...more };
    await writeManifest(this.#options.folder, this.#manifest);
  }
}

/** Reads the records of a backup, file by file. @throws GhlError `invalid_response` for a file that is damaged; TypeError where there is no backup. */
export async function* readBackup(folder: string): AsyncGenerator<BackupPart & { readonly bodies: readonly Wire[] }, void, undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw new TypeError(`There is no backup in ${folder}.`);
  for (const part of manifest.parts) yield { ...part, bodies: await readPart(folder, part) };
}

function reportOf({ parts, names = {}, incomplete }: BackupManifest): BackupReport {
  const records: Partial<Record<BackupKind, number>> = {};
  for (const part of parts) records[part.kind] = (records[part.kind] ?? 0) + part.records;
  const unread = Object.entries(names)
    .map(([locationId, has]) => [locationId, nameParts.filter((part) => has[part] === undefined)] as const)
    .filter(([, lacks]) => lacks.length > 0);
  return {
    files: parts.length,
    records,
    ...(incomplete !== undefined && { incomplete }),
    ...(unread.length > 0 && { unreadNames: Object.fromEntries(unread) }),
  };
}
