import type { Clock, Trace } from "@ghlkit/core";
import type { Stores } from "@ghlkit/storage";
import type { CopyEngine } from "./copy/copy-engine.ts";
import type { RecordChange } from "./copy/copy.ts";
import type { Kind, SyncClient } from "./kinds/kind.ts";
import type { Retention } from "./retention.ts";
import type { DeletionLimit } from "./scan/deletion-limit.ts";

/** Options of {@link createSync}. */
export interface SyncOptions {
  /** Reads from the platform: `createGhl` or `openGhl` of `ghlkit`. */
  readonly ghl: SyncClient;
  /** Keeps webhooks until they are handled, and says which process is at a location. Any storage of ghlkit. */
  readonly storage: Pick<Stores, "inbox" | "leases">;
  /** Ids of the locations that are copied. */
  readonly locations: readonly string[];
  /**
   * What is copied.
   * @default all seven kinds
   */
  readonly kinds?: readonly Kind[];
  /** Where the copy is kept: `sqlite("crm.db")` of `@ghlkit/sync/sqlite`. */
  readonly into: CopyEngine;
  /**
   * Where changes come from after the backfill. A private token gets no webhooks: its lists are polled.
   * @default "webhooks" where this process has a `receiver()`, "polling" elsewhere
   */
  readonly live?: "webhooks" | "polling";
  /**
   * Milliseconds between two readings of what was changed.
   * @default 60_000 when polling, 900_000 beside webhooks
   */
  readonly changesEveryMs?: number;
  /**
   * When polling: ms between two readings of all records of a kind whose list cannot be asked for changes (opportunities, appointments, invoices).
   * @default 900_000
   */
  readonly pollAllEveryMs?: number;
  /**
   * Milliseconds between two reconciliations: readings of all records, which also find what is gone.
   * @default 86_400_000
   */
  readonly reconcileEveryMs?: number;
  /**
   * How much further back changes are read, in ms: the platform's index shows a change up to ten seconds after it was made.
   * @default 120_000
   */
  readonly overlapMs?: number;
  /**
   * Days for which records of a kind are kept: messages and transactions since they were made, conversations since their last message, appointments since their end, all
   * others since their last change. What is older is removed from the copy by the next reading of all, without a tombstone, and not taken up again.
   * @default for ever
   */
  readonly retention?: Retention;
  /** Most deletions that a reconciliation believes without `allowDeletions`. */
  readonly deletions?: DeletionLimit;
  /**
   * Pages of a location's contacts that are read at a time in a reading of all: stretches of their creation times. With one, the latency of the platform
   * limits the speed (300 ms: a third of the rate limit); a crash reads as many pages again.
   * @default 1
   */
  readonly pagesAtATime?: number;
  /**
   * Locations under way at a time in this process.
   * @default 10
   */
  readonly concurrency?: number;
  /**
   * Ms after which a location's work pauses, so that other locations have their turn.
   * @default 5_000
   */
  readonly sliceMs?: number;
  /** Receives what happens, for logs and alerts. Nothing of a record is in it. What it throws is reported as an uncaught error. */
  readonly onEvent?: (event: SyncEvent) => void;
  /**
   * Receives each change of the copy after it was committed, at most once. A webhook that brings nothing new makes none, so that a listener
   * that writes to the platform is not called for its own write again and again.
   */
  readonly onChange?: (change: SyncChange) => void;
  /** Runs each reading, as `sync.read_all` or `sync.read_changes`: `createTelemetry().trace` of `ghlkit/telemetry`. @default without a span */
  readonly trace?: Trace;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** A change of the copy. */
export interface SyncChange extends RecordChange {
  readonly locationId: string;
  readonly kind: Kind;
  /** What brought it. */
  readonly source: "backfill" | "changes" | "reconcile" | "webhook" | "read";
}

/** What happens to a copy. */
export type SyncEvent =
  | {
      readonly type: "backfilled" | "reconciled";
      readonly locationId: string;
      readonly kind: Kind;
      readonly created: number;
      readonly updated: number;
      readonly deleted: number;
      readonly calls: number;
    }
  /** So many records are gone at once that a person has to confirm it: `allowDeletions`. */
  | { readonly type: "deletions_held"; readonly locationId: string; readonly kind: Kind; readonly missing: number; readonly limit: number }
  /** It is tried again after `retryInMs`. */
  | { readonly type: "failed"; readonly locationId: string; readonly kind: Kind; readonly retryInMs: number; readonly error: unknown }
  | { readonly type: "recovered"; readonly locationId: string; readonly kind: Kind };
