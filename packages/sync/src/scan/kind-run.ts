import type { Clock } from "@ghlkit/core";
import type { Copy, RecordChange, WriteResult } from "../copy/copy.ts";
import type { KindState, SyncKey } from "../copy/kind-state.ts";
import type { KindDefinition, SyncLocation, Wire } from "../kinds/kind.ts";
import type { SeenRecord, Source } from "../record/judge-record.ts";
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
  readonly onChanges: (key: SyncKey, source: Source, changes: readonly RecordChange[]) => void;
}

/** Records of a page, shaped; without those that have no id. */
export function seenRecords(
  { definition }: Pick<KindRun, "definition">,
  items: readonly Wire[],
  how: { readonly source: Source; readonly observedAt: number },
): readonly SeenRecord[] {
  return items.flatMap((item) => {
    const shaped = shapeRecord(definition, item);
    return shaped === undefined ? [] : [{ ...shaped, ...how }];
  });
}

/** Reads records alone, and keeps what the platform's store says of them: changed, as they are, or gone. Returns the calls. */
export async function readAgain(run: KindRun, ids: readonly string[], source: Source, generation?: number): Promise<ReadAgain> {
  const changes: RecordChange[] = [];
  let gone = 0;
  for (const id of ids) {
    run.signal.throwIfAborted();
    const observedAt = run.clock.now();
    const wire = await run.definition.read(run.location, id);
    const read = wire === undefined ? [] : seenRecords(run, [wire], { source: "read", observedAt });
    if (read.length > 0) {
      const written = await run.copy.write(run.key, { records: read, ...(generation !== undefined && { generation }) });
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
  page: { readonly items: readonly Wire[]; readonly source: Source; readonly observedAt: number },
  next: { readonly generation?: number; readonly state: (written: WriteResult) => KindState },
): Promise<{ readonly state: KindState; readonly calls: number }> {
  const records = seenRecords(run, page.items, page);
  const { generation } = next;
  const written = await run.copy.write(run.key, {
    records,
    ...(generation !== undefined && { generation }),
    checkpoint: (result) => ({ state: next.state(result), fence: run.fence }),
  });
  if (written.changes.length > 0) run.onChanges(run.key, page.source, written.changes);
  const { calls } = await readAgain(run, written.doubtful, page.source, generation);
  return { state: next.state(written), calls };
}
