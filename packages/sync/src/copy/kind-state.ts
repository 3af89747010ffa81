import type { Kind } from "../kinds/kind.ts";

/** What a reading of all records has come to. */
export interface ScanCounts {
  readonly pages: number;
  readonly calls: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Records that are too old to be kept: listed and not taken up, or removed from the copy. @default 0 */
  readonly expired?: number;
}

/** A reading of all records of a kind that is under way. Times are ms since epoch. */
export interface ScanState extends ScanCounts {
  readonly reason: "backfill" | "reconcile";
  /** By this machine's clock. */
  readonly startedAt: number;
  /** By the platform's clock, before the first record was read: what changed afterwards is read again. */
  readonly signpost: number | undefined;
  /** Where the list goes on; absent before the first page. */
  readonly cursor?: unknown;
  /** The list is at its end; what is left is to find out what is gone. */
  readonly isListed: boolean;
  /** Where the removal of what is too old goes on; absent before the list is at its end. */
  readonly expireAfter?: string;
  /** All that is too old is removed. */
  readonly isPruned?: boolean;
  /** Records that were found to be gone until now. */
  readonly deleted?: number;
  readonly total: number | undefined;
}

/** How a reading of all records ended. */
export interface ScanResult extends ScanCounts {
  readonly reason: "backfill" | "reconcile";
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Records that were gone. */
  readonly deleted: number;
}

/** Deletions that wait for a person. */
export interface Brake {
  readonly at: number;
  /** Records that the platform does not list any more. */
  readonly missing: number;
  /** Most that are believed without one. */
  readonly limit: number;
}

/** Where the copy of one kind of one location stands. Times are ms since epoch. */
export interface KindState {
  /** Number of the reading of all records that is under way, or was the last. */
  readonly generation: number;
  readonly scan?: ScanState;
  readonly lastScan?: ScanResult;
  /** All that changed before, by the platform's clock, is in the copy. */
  readonly since?: number;
  /** The same by this machine's clock. */
  readonly currentAt?: number;
  readonly brake?: Brake;
  /** A person has confirmed the deletions of this generation. */
  readonly allowedGeneration?: number;
  /** Why it does not go on. */
  readonly problem?: { readonly at: number; readonly message: string };
}

/** One kind of one location. */
export interface SyncKey {
  readonly locationId: string;
  readonly kind: Kind;
}
