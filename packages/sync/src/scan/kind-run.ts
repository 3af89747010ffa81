import type { Clock } from "@ghlkit/core";
import type { Copy, RecordChange, WriteResult } from "../copy/copy.ts";
import type { KindState, SyncKey } from "../copy/kind-state.ts";
import type { KindDefinition, SyncLocation, Wire } from "../kinds/kind.ts";
import type { SeenRecord, Source } from "../record/judge-record.ts";
import { isExpired, type Retention } from "../retention.ts";
import type { DeletionLimit } from "./deletion-limit.ts";
import { shapeRecord } from "../record/record-shape.ts";

/** Work at one kind of one location, by the process that has taken the location up. */
export interface KindRun {
  readonly key: SyncKey;
  readonly definition: KindDefinition;
  readonly copy: Copy;
  /** In the bulk lane, ended by `signal`. */
  readonly location: SyncLocation;
  readonly fence: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether the time of this slice is over, so that other kinds and locations have their turn. */
  readonly isOver: () => boolean;
  readonly deletions: DeletionLimit;
  readonly pagesAtATime: number;
  /** Days for which records are kept; `undefined`: for ever. */
  readonly retention: Retention;
  readonly onChanges: (key: SyncKey, source: Source, changes: readonly RecordChange[]) => void;
}

/** Records of a page, shaped; without those that have no id, or are too old to be kept. */
export function seenRecords(
  { definition }: Pick<KindRun, "definition">,
  items: readonly Wire[],
  { keptFrom, ...how }: { readonly source: Source; readonly observedAt: number; readonly keptFrom: number | undefined },
): { readonly records: readonly SeenRecord[]; readonly expired: readonly string[] } {
  const shaped = items.flatMap((item) => shapeRecord(definition, item) ?? []);
  const [old, kept] = [
    shaped.filter(({ body }) => isExpired(definition, body, keptFrom)),
    shaped.filter(({ body }) => !isExpired(definition, body, keptFrom)),
  ];
  return { records: kept.map((record) => ({ ...record, ...how })), expired: old.map(({ id }) => id) };
}

const nothing = { records: [], expired: [] };

/** Reads records alone, and keeps what the platform's store says of them: changed, as they are, or gone. Returns the calls. */
export async function readAgain(
  run: KindRun,
  ids: readonly string[],
  {
    source,
    keptFrom,
    generation,
  }: { readonly source: Source; readonly keptFrom: number | undefined; readonly generation?: number | undefined },
): Promise<ReadAgain> {
  const changes: RecordChange[] = [];
  let gone = 0;
  for (const id of ids) {
    run.signal.throwIfAborted();
    const observedAt = run.clock.now();
    const wire = await run.definition.read(run.location, id);
    const { records, expired } = wire === undefined ? nothing : seenRecords(run, [wire], { source: "read", observedAt, keptFrom });
    if (expired.length > 0) await run.copy.forget(run.key, expired);
    else if (records.length > 0) {
      const written = await run.copy.write(run.key, { records, ...(generation !== undefined && { generation }) });
      changes.push(...written.changes);
    } else {
      const change = await run.copy.delete(run.key, { id, at: observedAt, observedAt });
      if (change !== undefined) {
        changes.push(change);
        gone += 1;
      }
    }
  }
  if (changes.length > 0) run.onChanges(run.key, source, changes);
  return { calls: ids.length, changes, gone };
}

/** What came of records that were read alone. */
export interface ReadAgain {
  readonly calls: number;
  readonly changes: readonly RecordChange[];
  readonly gone: number;
}

/** Keeps a page of records, and the state that follows from it, together; then reads those alone that a list cannot decide. */
export async function keepPage(
  run: KindRun,
  page: { readonly items: readonly Wire[]; readonly source: Source; readonly observedAt: number; readonly keptFrom: number | undefined },
  next: { readonly generation?: number; readonly state: (written: WriteResult & { readonly expired: number }) => KindState },
): Promise<{ readonly state: KindState; readonly calls: number }> {
  const { source, observedAt, keptFrom } = page;
  const { records, expired } = seenRecords(run, page.items, { source, observedAt, keptFrom });
  const { generation } = next;
  const written = await run.copy.write(run.key, {
    records,
    ...(generation !== undefined && { generation }),
    checkpoint: (result) => ({ state: next.state({ ...result, expired: expired.length }), fence: run.fence }),
  });
  if (written.changes.length > 0) run.onChanges(run.key, page.source, written.changes);
  const { calls } = await readAgain(run, written.doubtful, { source, keptFrom, generation });
  return { state: next.state({ ...written, expired: expired.length }), calls };
}
