import { ghlError, sleep, type Clock } from "@ghlkit/core";
import type { Journal, JournalEntry } from "@ghlkit/storage";
import { firstMissing } from "../run/first-missing.ts";
import type { RowOutcome } from "./bulk-outcome.ts";

/** Rows by outcome. */
export type Counts = Readonly<Record<string, number>>;

/** What the journal keeps of a batch: the outcomes of its rows, and the counts of the whole run when it was committed. */
interface KeptBatch {
  readonly rows: readonly KeptRow[];
  readonly counts: Counts;
}

/** Line, outcome, id, detail: short, because there are many. */
type KeptRow = readonly [line: number, outcome: string, id: string, detail: string];

/** What an earlier run of the same id left. */
export interface BatchState {
  /** Batches before this one are done, unless they are among `open`. */
  readonly next: number;
  /** Batches that were started and not committed. */
  readonly open: ReadonlySet<number>;
  readonly counts: Counts;
}

/** The batches of one run in the journal: each is started before its first row is sent, and finished with the outcomes of all. */
export interface BatchJournal {
  /** Finds what earlier runs left. @param mostOpen How many batches may have been open at a time. */
  readonly state: (mostOpen: number) => Promise<BatchState>;
  /** Notes that rows of the batch may have been sent. Resolves with the attempt that counts from now on. */
  readonly start: (batch: number) => Promise<number>;
  /** @throws GhlError `in_progress` when another process has taken the run over. */
  readonly finish: (batch: number, attempt: number, outcomes: readonly RowOutcome[], counts: Counts) => Promise<void>;
  /** Outcomes of a batch; `undefined` when it is not committed. */
  readonly read: (batch: number) => Promise<readonly RowOutcome[] | undefined>;
}

/** @param key Key of the run. */
export function createBatchJournal(journal: Journal, key: string, clock: Clock): BatchJournal {
  const keyOf = (batch: number): string => `${key}/${batch}`;
  const get = (batch: number): Promise<JournalEntry | undefined> => journal.get(keyOf(batch));
  return {
    state: async (mostOpen) => {
      const next = await firstMissing(async (batch) => (await get(batch)) !== undefined);
      // One more than may be open: it is committed, and carries the counts.
      const first = Math.max(0, next - mostOpen - 1);
      const last = await Promise.all(Array.from({ length: next - first }, (_, index) => get(first + index)));
      const open = new Set(last.flatMap((entry, index) => (entry?.state === "finished" ? [] : [first + index])));
      return { next, open, counts: greatest(last.flatMap((entry) => (entry?.state === "finished" ? [keptOf(entry).counts] : []))) };
    },
    start: async (batch) => {
      const started = await journal.start(keyOf(batch), { leaseMs: 1 });
      if (started.started) return started.attempt;
      // It was started a moment ago, by a run of this process that was stopped.
      if (started.leaseMs > 0) await sleep(2, undefined, clock);
      const again = await journal.start(keyOf(batch), { leaseMs: 1, after: started.entry.attempt });
      if (again.started) return again.attempt;
      throw takenOver(key);
    },
    finish: async (batch, attempt, outcomes, counts) => {
      const kept: KeptBatch = { rows: outcomes.map(({ line, outcome, id = "", detail = "" }) => [line, outcome, id, detail]), counts };
      const { finished } = await journal.finish(keyOf(batch), { attempt, outcome: kept });
      if (!finished) throw takenOver(key);
    },
    read: async (batch) => {
      const entry = await get(batch);
      return entry?.state === "finished" ? keptOf(entry).rows.map(rowOf) : undefined;
    },
  };
}

function keptOf({ outcome }: JournalEntry): KeptBatch {
  return outcome as KeptBatch;
}

function rowOf([line, outcome, id, detail]: KeptRow): RowOutcome {
  return { line, outcome, ...(id !== "" && { id }), ...(detail !== "" && { detail }) };
}

/** Batches are committed one at a time, so the greatest sum is the latest. */
function greatest(counts: readonly Counts[]): Counts {
  return counts.toSorted((a, b) => sum(b) - sum(a))[0] ?? {};
}

/** Number of rows. */
export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function takenOver(key: string): Error {
  return ghlError("in_progress", `${key} is carried out by another process now: this one has stopped.`, { leaseMs: 0 });
}
