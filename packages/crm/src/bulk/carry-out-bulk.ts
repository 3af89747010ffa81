import { ghlError, sleep, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { holdRun, type HeldRun } from "../run/hold-run.ts";
import { createBatchJournal, sum, type BatchJournal, type Counts } from "./batch-journal.ts";
import type { BulkLocation, BulkOptions } from "./bulk-options.ts";
import type { BulkRow, BulkSource } from "./bulk-source.ts";
import type { BulkSummary, RowOutcome } from "./bulk-outcome.ts";
import { createDayQuota } from "./day-quota.ts";
import { createHold } from "./hold.ts";
import type { ProgressTracker } from "./progress-tracker.ts";
import { createRowLanes, type RowLanes } from "./row-lanes.ts";
import { rowIdentity } from "./row-identity.ts";
import { runRow, type RowRun } from "./run-row.ts";
import { untilAborted } from "./until-aborted.ts";

/** Batches whose rows may be under way at a time: the rows of the next one go while the last ones of this one wait. */
const mostOpen = 2;

/** What was noted at the first start of a run: the same source has to be given each time, cut in the same batches. */
interface Beginning {
  readonly fingerprint?: string;
  readonly batchSize: number;
}

export interface BulkWork<Row, Location> {
  readonly location: BulkLocation<Location>;
  readonly options: BulkOptions<Row, Location>;
  readonly source: BulkSource<Row>;
  readonly clock: Clock;
  readonly key: string;
  readonly tracker: ProgressTracker;
}

/** Waits for the run, and carries out what is left of it. */
export async function carryOutBulk<Row, Location>(work: BulkWork<Row, Location>): Promise<BulkSummary> {
  const { options, clock, key, tracker } = work;
  const { journal, leaseMs = 15_000, signal } = options;
  for (;;) {
    if (signal?.aborted === true) return stopped("aborted", {});
    const run = await holdRun(key, { journal, leaseMs, clock });
    tracker.waitsForLease(!run.held && run.entry.state !== "finished");
    if (run.held) return carryOut(work, run);
    if (run.entry.state === "finished") {
      await checkBeginning(work);
      const summary = run.entry.outcome as BulkSummary;
      tracker.resume(summary.counts);
      return summary;
    }
    // Its holder may end earlier than its lease.
    await sleep(Math.min(1000, run.retryAfterMs), signal, clock).catch(() => undefined);
  }
}

async function carryOut<Row, Location>(work: BulkWork<Row, Location>, held: HeldRun): Promise<BulkSummary> {
  const { options, clock, key, tracker } = work;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, held.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const hold = createHold(clock, () => tracker.changed());
  tracker.holds(hold.reason);
  const { daily, quota } = options;
  const day = createDayQuota({ daily, quota, hold, clock, stop: () => stop.abort(dayUsedUp) });
  const context = { location: work.location.with({ priority: "bulk", signal }), isDryRun: options.dryRun === true, signal };
  const rows: RowRun<Row, Location> = { options, clock, hold, day, context, keyOf: (line) => `${key}/#${line}` };
  const pump = new BatchPump(work, rows, createBatchJournal(options.journal, key, clock), stop);
  try {
    await checkBeginning(work);
    const counts = await pump.run();
    const summary: BulkSummary = { outcome: "completed", rows: sum(counts), counts };
    await held.finish(summary);
    return summary;
  } catch (error) {
    await held.release();
    if (stop.signal.reason === dayUsedUp) return stopped("day_used_up", pump.committed());
    if (options.signal?.aborted === true && !held.signal.aborted) return stopped("aborted", pump.committed());
    throw held.signal.aborted
      ? ghlError("in_progress", "Another process may have taken the run over: this one has stopped.", { leaseMs: 0 })
      : error;
  }
}

const dayUsedUp = new Error("The day's quota is used up.");

function stopped(reason: "aborted" | "day_used_up", counts: Counts): BulkSummary {
  return { outcome: "stopped", reason, rows: sum(counts), counts };
}

/** @throws GhlError `invalid_request` when the source or the batches are not those of the run's beginning. */
async function checkBeginning<Row, Location>({ options, source, key }: BulkWork<Row, Location>): Promise<void> {
  const { journal, batchSize = 100 } = options;
  const { fingerprint } = source;
  const now: Beginning = { batchSize, ...(fingerprint !== undefined && { fingerprint }) };
  const first = await noteBeginning(`${key}/beginning`, now, journal);
  const changed = first.fingerprint !== now.fingerprint ? "source" : first.batchSize === batchSize ? undefined : "batchSize";
  if (changed === undefined) return;
  const message = `The ${changed} of the run ${options.id} is not the one it was begun with. Give it the same, or begin a run with another id.`;
  throw ghlError("invalid_request", message, {});
}

/** Keeps what a run was begun with, and gives what is kept. The run is held, so that no other process is at it: an unfinished note is that of one that died. */
async function noteBeginning(key: string, now: Beginning, journal: Journal): Promise<Beginning> {
  const start = await journal.start(key, { leaseMs: 1 });
  if (!start.started && start.entry.state === "finished") return start.entry.outcome as Beginning;
  await journal.finish(key, { attempt: start.started ? start.attempt : start.entry.attempt, outcome: now });
  return now;
}

/** Reads the source batch by batch, and has the rows of at most two batches under way. */
class BatchPump<Row, Location> {
  readonly #work: BulkWork<Row, Location>;
  readonly #rows: RowRun<Row, Location>;
  readonly #journal: BatchJournal;
  readonly #stop: AbortController;
  readonly #lanes: RowLanes;
  readonly #open = new Map<number, Promise<void>>();
  /** Open batches of earlier runs that are to come. */
  readonly #unstarted = new Set<number>();
  #counts: Record<string, number> = {};
  #committing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(work: BulkWork<Row, Location>, rows: RowRun<Row, Location>, journal: BatchJournal, stop: AbortController) {
    this.#work = work;
    this.#rows = rows;
    this.#journal = journal;
    this.#stop = stop;
    this.#lanes = createRowLanes(work.options.concurrency ?? 25);
  }

  async run(): Promise<Counts> {
    const { source, options, tracker } = this.#work;
    const known = await this.#journal.state(mostOpen);
    this.#counts = { ...known.counts };
    tracker.resume(known.counts);
    const { signal } = this.#rows.context;
    const open = this.#open;
    for (const batch of known.open) this.#unstarted.add(batch);
    let number = 0;
    try {
      for await (const rows of untilAborted(inBatches(source.rows(), options.batchSize ?? 100), signal)) {
        const batch = number++;
        if (batch < known.next && !known.open.has(batch)) continue;
        while (open.size >= mostOpen) await Promise.race(open.values());
        signal.throwIfAborted();
        const running = this.#batch(batch, rows, known.open.has(batch)).finally(() => open.delete(batch));
        // A failure is taken up below.
        running.catch(() => undefined);
        open.set(batch, running);
        this.#unstarted.delete(batch);
      }
    } finally {
      await Promise.allSettled(open.values());
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#counts;
  }

  /** Rows by outcome, those of earlier runs included. */
  committed(): Counts {
    return { ...this.#counts };
  }

  async #batch(batch: number, rows: readonly BulkRow<Row>[], isRepeat: boolean): Promise<void> {
    try {
      const attempt = await this.#journal.start(batch);
      if (attempt === "committed") return await this.#takeOver(batch);
      const outcomes = await Promise.all(rows.map((row) => this.#row(row, isRepeat)));
      // One commit at a time: each carries the counts of all before it.
      this.#committing = this.#committing.then(() => this.#commit(batch, attempt, outcomes));
      await this.#committing;
    } catch (error) {
      this.#failure ??= { error };
      this.#stop.abort(error);
      throw error;
    }
  }

  async #row(row: BulkRow<Row>, isRepeat: boolean): Promise<RowOutcome> {
    const { identity = rowIdentity } = this.#work.options;
    const keys = "row" in row ? identity(row.row) : [];
    let outcome: RowOutcome | undefined;
    await this.#lanes(keys, async () => {
      outcome = await runRow(row, isRepeat, this.#rows);
    });
    if (outcome === undefined) throw new TypeError(`Line ${row.line} has no outcome.`);
    this.#work.tracker.count(outcome.outcome);
    return outcome;
  }

  /** A process that was late has committed it, or it is what `prune` has left of an earlier run. */
  async #takeOver(batch: number): Promise<void> {
    const outcomes = (await this.#journal.read(batch)) ?? [];
    this.#add(outcomes);
    for (const { outcome } of outcomes) this.#work.tracker.count(outcome);
  }

  async #commit(batch: number, attempt: number, outcomes: readonly RowOutcome[]): Promise<void> {
    this.#add(outcomes);
    const open = [...this.#unstarted, ...this.#open.keys()].filter((one) => one !== batch);
    await this.#journal.finish(batch, attempt, outcomes, { counts: { ...this.#counts }, open });
  }

  #add(outcomes: readonly RowOutcome[]): void {
    for (const { outcome } of outcomes) this.#counts[outcome] = (this.#counts[outcome] ?? 0) + 1;
  }
}

async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncIterableIterator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
