import type { Clock } from "@ghlkit/core";
import type { Copy } from "../copy/copy.ts";
import type { KindState, ScanCounts, SyncKey } from "../copy/kind-state.ts";
import type { Kind } from "../kinds/kind.ts";
import type { SyncWorker } from "../sync-worker.ts";

/** What a reconciliation of one kind found, and what it cost. */
export interface ReconcileReport {
  readonly locationId: string;
  readonly kind: Kind;
  /** `held`: more is gone than is believed without `allowDeletions`. */
  readonly outcome: "done" | "held";
  /** Records that were missing in the copy, were other than in the copy, and are gone. */
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  /** Requests to the platform. */
  readonly calls: number;
  /** Records that are gone, when they are held. */
  readonly missing?: number;
}

/** Reads all records of a kind in one go. One that is under way is finished first. */
export async function reconcileKind(
  worker: SyncWorker,
  copy: Copy,
  key: SyncKey,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<ReconcileReport> {
  const askedAt = clock.now();
  return worker.hold(key.locationId, signal, async (held) => {
    const run = worker.kindRun(key.kind, held, () => false);
    let state = withoutHeld(await copy.state(key));
    do state = await worker.readAll(run, state);
    while (state.brake === undefined && (state.lastScan?.startedAt ?? 0) < askedAt);
    const { brake, scan, lastScan } = state;
    const {
      created,
      updated,
      unchanged,
      calls,
      deleted = 0,
    } = (brake === undefined ? lastScan : scan) as ScanCounts & { readonly deleted?: number };
    const counts = { created, updated, deleted, unchanged, calls };
    return brake === undefined ? { ...key, outcome: "done", ...counts } : { ...key, outcome: "held", ...counts, missing: brake.missing };
  });
}

/** What is held is looked at anew: the records may be there again. */
function withoutHeld(state: KindState | undefined): KindState | undefined {
  if (state?.brake === undefined) return state;
  const { brake: _, scan: __, ...rest } = state;
  return rest;
}
