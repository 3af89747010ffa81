import type { Clock, Priority, Trace } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { BulkInput } from "./bulk-source.ts";

/** What bulk needs of a client: the same client with options for all its calls. Those of `createClient` and `createGhl` are such. */
export interface BulkLocation<Location> {
  readonly with: (defaults: { readonly priority: Priority; readonly signal: AbortSignal }) => Location;
}

/** What a step is given beside its row. */
export interface BulkContext<Location> {
  /** The client in the bulk lane of the rate limit; its calls end when the run is stopped. */
  readonly location: Location;
  /** Line of the source, from 1. */
  readonly line: number;
  /** Names this row in every run of the same id: a key for `once`, or an id of yours on the platform. */
  readonly key: string;
  /** An earlier attempt of the row may have had its effect: its answer or its process was lost. */
  readonly isRepeat: boolean;
  /** Write nothing: say what would happen. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

/** What a step returns: an outcome, with a record where there is one. The outcomes of `ensure` and its like are such. */
export interface StepResult {
  readonly outcome: string;
}

/** State of the rate limit, as `limiter.inspect(principal)` gives it. */
export interface BulkQuota {
  /** Calls left today, where that is known. */
  readonly dailyRemaining: number | undefined;
  /** End of the day in ms since epoch, where that is known. */
  readonly dailyResetsAt?: number | undefined;
  /** Calls that wait for a slot. */
  readonly depth: number;
}

/** The day's quota of {@link BulkOptions}. */
export interface BulkDay {
  /**
   * Calls of the day that are left to others. Needs `quota`.
   * @default 0
   */
  readonly keepFree?: number;
  /**
   * What happens when the day is used up: wait for its reset, or stop (a later run goes on).
   * @default "wait"
   */
  readonly atEnd?: "wait" | "stop";
}

/** Options of bulk. */
export interface BulkOptions<Row, Location> {
  /** Names the run: a run of the same id goes on where the last one stopped. At most 200 characters. */
  readonly id: string;
  /** `storage.journal` of any engine: keeps what is done. */
  readonly journal: Journal;
  /** The rows: `csvFile`, `jsonLinesFile`, a list, or anything that can be iterated in the same order each time. */
  readonly source: BulkInput<Row>;
  /**
   * The work for one row. After a crash or a lost answer it is called again for the same row, so it must do no harm twice, as `ensure` does; where it
   * would, put `once(at.key, …)` around it.
   *
   * A GhlError that refuses this row (`validation`, `duplicate` …) makes its outcome `failed`. One that concerns all rows (an outage, the rate limit) makes the run wait.
   * Any other, such as `token_revoked` or a bug, ends the run: `finished` rejects, and nothing is lost.
   */
  readonly step: (row: Row, at: BulkContext<Location>) => Promise<StepResult>;
  /**
   * Rows that have one of these texts in common run one after the other, in their order.
   * @default e-mail (in lower case), phone and externalId of the row
   */
  readonly identity?: (row: Row) => readonly string[];
  /**
   * Rows under way at a time.
   * @default 25
   */
  readonly concurrency?: number;
  /**
   * Rows that are committed together: a crash has twice as many looked at again.
   * @default 100
   */
  readonly batchSize?: number;
  /**
   * Attempts of a row whose calls fail with 5xx or without an answer, before its outcome is `failed`.
   * @default 5
   */
  readonly attempts?: number;
  /**
   * What happens at the end of the day's quota.
   * @default waits for its reset
   */
  readonly daily?: BulkDay;
  /** State of the rate limit of the location, e.g. `() => ghl.limiter.inspect(principal)`: for `daily.keepFree` and `waitingFor`. */
  readonly quota?: () => BulkQuota;
  /**
   * Keeps results under an id of its own, and hands `isDryRun` to the step.
   * @default false
   */
  readonly dryRun?: boolean;
  /**
   * How long after the death of this process another one waits before it goes on with the run, in ms.
   * @default 15_000
   */
  readonly leaseMs?: number;
  /** Stops the run; a later one goes on. */
  readonly signal?: AbortSignal;
  /** Runs the step of each row, as `bulk.row`: `createTelemetry().trace` of `ghlkit/telemetry`. @default without a span */
  readonly trace?: Trace;
  /** @default the machine's clock */
  readonly clock?: Clock;
}
