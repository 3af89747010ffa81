import type { Copy } from "./copy/copy.ts";
import type { KindState, ScanResult, SyncKey } from "./copy/kind-state.ts";
import type { Kind } from "./kinds/kind.ts";
import { lagOf, sourceOf, type LagCause, type LagSource } from "./sync-lag.ts";

/** Where the copy of one kind of one location stands. Times are ms since epoch. */
export interface SyncStatus extends SyncHealth {
  /** Records that are there. */
  readonly records: number;
}

/** The same without the number of records, which has to be counted. */
export interface SyncHealth {
  readonly locationId: string;
  readonly kind: Kind;
  /** `held`: deletions wait for `allowDeletions`. */
  readonly phase: "waiting" | "backfill" | "live" | "reconcile" | "held";
  /** Pages and records of the reading of all that is under way; `total` where the platform says it. */
  readonly progress?: { readonly pages: number; readonly records: number; readonly total: number | undefined };
  /** Where its list goes on, as it is kept. */
  readonly cursor?: unknown;
  /** Where changes come from. */
  readonly source: "webhooks" | "polling";
  /**
   * How far the copy may be behind the platform, in ms. With webhooks: the age of the oldest one that has arrived and is not handled, or was given up since the last
   * reading of all; what the platform did not send is not in it. When polling: that of `checked.changesMs`. `undefined` before the backfill is done.
   */
  readonly lagMs: number | undefined;
  /**
   * What `lagMs` is counted from: a webhook that waits, a time without a receiver, or a webhook that was given up, which stays missing until it is replayed or
   * `reconcile()` has read everything. Absent where nothing is missing, and when polling.
   */
  readonly lagCause?: LagCause;
  /**
   * What the platform's lists have proved, whatever became of webhooks, in ms: all that was created and changed before (`changesMs`), or deleted
   * (`deletionsMs`), is in the copy. What no list shows is not in it until the next reading of all: the unread count of a conversation, the status of a message older
   * than two days, a refund after seven.
   */
  readonly checked?: { readonly changesMs: number; readonly deletionsMs: number };
  /** The last reading of all records: what it cost, and what it found. */
  readonly lastReconcile?: ScanResult;
  /** Records that the last reconciliation found to be other than in the copy: what webhooks or polling had missed. */
  readonly drift: number | undefined;
  /** Deletions that wait for a person. */
  readonly held?: { readonly missing: number; readonly limit: number; readonly since: number };
  /** Why it does not go on; it is tried again. */
  readonly problem?: { readonly at: number; readonly message: string };
}

/** Reads where the copy of a kind stands, and counts its records. */
export async function statusOf(key: SyncKey, state: KindState | undefined, copy: Copy, lag: LagSource): Promise<SyncStatus> {
  return { ...healthOf(key, state, lag), records: await copy.count(key) };
}

/** Where the copy of a kind stands. */
export function healthOf(key: SyncKey, state: KindState | undefined, lag: LagSource): SyncHealth {
  const source = sourceOf(key.kind, lag);
  const scan = state?.scan;
  const last = state?.lastScan;
  return {
    ...key,
    phase: phaseOf(state),
    ...(scan !== undefined && {
      progress: { pages: scan.pages, records: scan.created + scan.updated + scan.unchanged, total: scan.total },
      cursor: scan.cursor,
    }),
    source,
    ...lagOf(key.locationId, state, source, lag),
    ...(last !== undefined && { lastReconcile: last }),
    drift: last === undefined || last.reason === "backfill" ? undefined : last.created + last.updated + last.deleted,
    ...(state?.brake !== undefined && { held: { missing: state.brake.missing, limit: state.brake.limit, since: state.brake.at } }),
    ...(state?.problem !== undefined && { problem: state.problem }),
  };
}

function phaseOf(state: KindState | undefined): SyncStatus["phase"] {
  if (state?.brake !== undefined) return "held";
  if (state?.scan !== undefined) return state.scan.reason;
  return state?.lastScan === undefined ? "waiting" : "live";
}
