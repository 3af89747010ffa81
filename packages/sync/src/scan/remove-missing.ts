import type { KindState, ScanState } from "../copy/kind-state.ts";
import { keptFrom } from "../retention.ts";
import { readAgain, type KindRun } from "./kind-run.ts";

/** Records that are read alone before the state is kept again. */
const chunk = 50;

/**
 * What a complete list did not show is read alone, and is gone when the platform's store does not have it either: the index behind the list
 * shows nothing of a record for seconds after a change. Too many at once wait for a person.
 */
export async function removeMissing(run: KindRun, listed: KindState): Promise<KindState> {
  const { copy, key, clock } = run;
  const { generation } = listed;
  const scan = listed.scan as ScanState;
  const { records = 100, share = 0.05 } = run.deletions;
  const there = await copy.count(key);
  const reading = { generation, startedAt: scan.startedAt };
  const missing = await copy.countMissing(key, reading);
  const limit = Math.min(records, Math.max(10, Math.floor(there * share)));
  if (missing > limit && listed.allowedGeneration !== generation) {
    const state: KindState = { ...listed, brake: { at: clock.now(), missing, limit } };
    await copy.checkpoint(key, { state, fence: run.fence });
    return state;
  }
  const from = keptFrom(key.kind, run.retention, scan.startedAt);
  let calls = 0;
  let deleted = scan.deleted ?? 0;
  let created = 0;
  const nextMissing = (): Promise<readonly string[]> => copy.missing(key, reading, chunk);
  for (let ids = await nextMissing(); ids.length > 0; ids = await nextMissing()) {
    const read = await readAgain(run, ids, { source: scan.reason, keptFrom: from, generation });
    calls += read.calls;
    deleted += read.gone;
    created += read.changes.length - read.gone;
    if (run.isOver()) return keep(run, { ...listed, scan: { ...scan, calls: scan.calls + calls, deleted } });
  }
  const { scan: _, brake: __, allowedGeneration: ___, problem: ____, ...rest } = listed;
  const { pages, unchanged, reason, startedAt } = scan;
  return keep(run, {
    ...rest,
    since: scan.signpost ?? scan.startedAt,
    currentAt: startedAt,
    lastScan: {
      reason,
      startedAt,
      finishedAt: clock.now(),
      pages,
      calls: scan.calls + calls,
      created: scan.created,
      updated: scan.updated + created,
      unchanged,
      deleted,
      ...(scan.expired !== undefined && { expired: scan.expired }),
    },
  });
}

async function keep({ copy, key, fence }: KindRun, state: KindState): Promise<KindState> {
  await copy.checkpoint(key, { state, fence });
  return state;
}
