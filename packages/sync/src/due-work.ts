import type { InboxGap } from "@ghlkit/storage";
import type { KindState } from "./copy/kind-state.ts";

/** How often work is due. Times are in ms. */
export interface Schedule {
  readonly changesEveryMs: number;
  readonly reconcileEveryMs: number;
  /** A gap in the webhooks that is not made up for. */
  readonly gap: Pick<InboxGap, "to"> | undefined;
}

/** What is to do next for a kind, and when. */
export interface DueWork {
  readonly work: "all" | "changes";
  /** Ms since epoch. */
  readonly at: number;
}

/** What is due next: a reading of all records, or of changes where the platform can list them. */
export function dueWork(
  state: KindState | undefined,
  hasChanges: boolean,
  { changesEveryMs, reconcileEveryMs, gap }: Schedule,
): DueWork | undefined {
  if (state?.brake !== undefined && state.allowedGeneration !== state.generation)
    return hasChanges ? changesDue(state, changesEveryMs) : undefined;
  const last = state?.lastScan;
  if (last === undefined || state?.scan !== undefined) return { work: "all", at: 0 };
  const isBehindGap = gap !== undefined && last.startedAt < gap.to;
  const all: DueWork = { work: "all", at: isBehindGap ? 0 : last.startedAt + reconcileEveryMs };
  if (!hasChanges || isBehindGap) return all;
  const changes = changesDue(state as KindState, changesEveryMs);
  return changes.at < all.at ? changes : all;
}

function changesDue({ currentAt = 0 }: KindState, everyMs: number): DueWork {
  return { work: "changes", at: currentAt + everyMs };
}
