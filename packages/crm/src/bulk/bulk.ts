import { checkNumber, systemClock } from "@ghlkit/core";
import type { BulkLocation, BulkOptions } from "./bulk-options.ts";
import type { BulkProgress, BulkSummary, RowOutcome } from "./bulk-outcome.ts";
import { createBatchJournal, type BatchJournal } from "./batch-journal.ts";
import { sourceOf } from "./bulk-source.ts";
import { carryOutBulk } from "./carry-out-bulk.ts";
import { ProgressTracker } from "./progress-tracker.ts";
import { runKeyOf } from "./run-key.ts";

/** A run that is under way. */
export interface BulkRun {
  /** Where it stands, again and again, at most ten times a second; ends when the run does. */
  readonly progress: () => AsyncIterableIterator<BulkProgress>;
  /**
   * Resolves when every row has an outcome, or the run was stopped.
   *
   * Rejects with what ended it: GhlError `token_revoked`, `scope_missing` and their like, `storage` when the journal cannot be reached, `in_progress` when another
   * process took it over, `invalid_request` when the source is not that of the run's beginning; or what the step threw. What is done stays done: repair the cause and run it again.
   */
  readonly finished: Promise<BulkSummary>;
  /** The outcomes that are committed, in the order of the source, those of earlier runs included. */
  readonly results: () => AsyncIterableIterator<RowOutcome>;
}

/**
 * Runs a step for every row of a source, with an outcome for each, across crashes and outages: rows that are committed are not touched again, and the
 * few that were under way are looked at again. One process at a time has the run; another one waits until its lease ends.
 *
 * @param location The client that the step is given, in the bulk lane of the rate limit.
 * @throws TypeError or GhlError `invalid_request` for options that cannot be used.
 */
export function bulk<Row, Location>(location: BulkLocation<Location>, options: BulkOptions<Row, Location>): BulkRun {
  checkOptions(options);
  const clock = options.clock ?? systemClock;
  const source = sourceOf(options.source);
  const key = runKeyOf(options, clock.now());
  const tracker = new ProgressTracker({ clock, total: source.total, quota: options.quota });
  const finished = carryOutBulk({ location, options, source, clock, key, tracker }).finally(() => tracker.end());
  // A failure is the error of those who await it; a program that only reads the progress has no unhandled rejection.
  finished.catch(() => undefined);
  return { finished, progress: () => tracker.states(), results: () => resultsOf(createBatchJournal(options.journal, key, clock)) };
}

async function* resultsOf(batches: BatchJournal): AsyncIterableIterator<RowOutcome> {
  for (let batch = 0; ; batch += 1) {
    const outcomes = await batches.read(batch);
    if (outcomes === undefined) return;
    yield* outcomes;
  }
}

function checkOptions({
  id,
  concurrency,
  batchSize,
  attempts,
  leaseMs,
  daily: { keepFree = 0 } = {},
  quota,
}: Omit<BulkOptions<never, never>, "step" | "source" | "identity">): void {
  if (!/^[^/\p{C}]{1,200}$/u.test(id)) throw new TypeError('bulk: the id must have 1 to 200 characters, no "/" among them.');
  checkNumber("bulk", "concurrency", concurrency, { least: 1, most: 1000, whole: true });
  checkNumber("bulk", "batchSize", batchSize, { least: 1, most: 1000, whole: true });
  checkNumber("bulk", "attempts", attempts, { least: 1, whole: true });
  checkNumber("bulk", "leaseMs", leaseMs, { least: 1000, whole: true });
  checkNumber("bulk", "daily.keepFree", keepFree, { whole: true });
  if (keepFree > 0 && quota === undefined)
    throw new TypeError("bulk: daily.keepFree needs quota, e.g. () => ghl.limiter.inspect(principal).");
}
