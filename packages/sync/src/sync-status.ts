import type { Inbox } from "@ghlkit/storage";
import type { Copy } from "./copy/copy.ts";
import type { KindState, ScanResult, SyncKey } from "./copy/kind-state.ts";
import type { Kind } from "./kinds/kind.ts";

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
   * How far the copy may be behind the platform, in ms: the age of the oldest webhook that is not handled, or of the last reading of changes.
   * `undefined` before the backfill is done.
   */
  readonly lagMs: number | undefined;
  /** The last reading of all records: what it cost, and what it found. */
  readonly lastReconcile?: ScanResult;
  /** Records that the last reconciliation found to be other than in the copy: what webhooks or polling had missed. */
  readonly drift: number | undefined;
  /** Deletions that wait for a person. */
  readonly held?: { readonly missing: number; readonly limit: number; readonly since: number };
  /** Why it does not go on; it is tried again. */
  readonly problem?: { readonly at: number; readonly message: string };
}

/** What lags are measured by. */
export interface LagSource {
  readonly live: "webhooks" | "polling";
  /** Arrival of the oldest webhook that is not handled. */
  readonly oldestWaitingAt: number | undefined;
  /** Begin of the oldest time without a receiver that is not made up for. */
  readonly gapFrom: number | undefined;
}

/** Kinds of which changes emit no event. */
const withoutEvents: ReadonlySet<Kind> = new Set(["transactions"]);

/** Where webhooks stand. */
export async function lagSourceOf(live: "webhooks" | "polling", inbox: Pick<Inbox, "backlog" | "gaps">): Promise<LagSource> {
  if (live === "polling") return { live, oldestWaitingAt: undefined, gapFrom: undefined };
  const [{ oldestWaitingAt }, [gap]] = await Promise.all([inbox.backlog(), inbox.gaps()]);
  return { live, oldestWaitingAt, gapFrom: gap?.from };
}

/** Reads where the copy of a kind stands, and counts its records. */
export async function statusOf(
  key: SyncKey,
  state: KindState | undefined,
  copy: Copy,
  lag: LagSource & { readonly now: number },
): Promise<SyncStatus> {
  return { ...healthOf(key, state, lag), records: await copy.count(key) };
}

/** Where the copy of a kind stands. */
export function healthOf(key: SyncKey, state: KindState | undefined, lag: LagSource & { readonly now: number }): SyncHealth {
  const source = withoutEvents.has(key.kind) ? "polling" : lag.live;
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
    lagMs: lagOf(state, source, lag),
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

function lagOf(
  state: KindState | undefined,
  source: "webhooks" | "polling",
  { now, oldestWaitingAt, gapFrom }: LagSource & { readonly now: number },
): number | undefined {
  if (state?.lastScan === undefined) return undefined;
  const currentAt = source === "polling" ? (state.currentAt ?? state.lastScan.startedAt) : Math.min(oldestWaitingAt ?? now, gapFrom ?? now);
  return Math.max(0, now - currentAt);
}
