import { ghlError, sleep, type Clock } from "@ghlkit/core";
import type { Journal, JournalEntry } from "@ghlkit/storage";
import { firstMissing } from "../run/first-missing.ts";
import type { RowOutcome } from "./bulk-outcome.ts";

/** Rows by outcome. */
export type Counts = Readonly<Record<string, number>>;

/** What the journal keeps of a batch: the outcomes of its rows, and the state of the whole run when it was committed. */
interface KeptBatch {
  readonly rows: readonly KeptRow[];
  readonly counts: Counts;
  /** Batches that were started and not committed: one of them may be far behind this one. */
  readonly open: readonly number[];
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
  /** Notes that rows of the batch may have been sent. Resolves with the attempt that counts from now on, or `committed` when there is nothing left to do. */
  readonly start: (batch: number) => Promise<number | "committed">;
  /** @throws GhlError `in_progress` when another process has taken the run over. */
  readonly finish: (batch: number, attempt: number, outcomes: readonly RowOutcome[], run: RunState) => Promise<void>;
  /** Outcomes of a batch: none when it is not committed, `undefined` when it was not started. */
  readonly read: (batch: number) => Promise<readonly RowOutcome[] | undefined>;
}

/** The whole run at the commit of a batch. */
export interface RunState {
  readonly counts: Counts;
  /** Batches that are under way. */
  readonly open: readonly number[];
}

/** @param key Key of the run. */
export function createBatchJournal(journal: Journal, key: string, clock: Clock): BatchJournal {
  const keyOf = (batch: number): string => `${key}/${batch}`;
  const get = (batch: number): Promise<JournalEntry | undefined> => journal.get(keyOf(batch));
  const entriesOf = (batches: readonly number[]) => Promise.all(batches.map(async (batch) => ({ batch, kept: keptOf(await get(batch)) })));
  return {
    state: async (mostOpen) => {
      const next = await firstMissing(async (batch) => (await get(batch)) !== undefined);
      // One more than may be open: one of them is committed, and names those before it that were not.
      const first = Math.max(0, next - mostOpen - 1);
      const last = await entriesOf(Array.from({ length: next - first }, (_, index) => first + index));
      const behind = new Set(last.flatMap(({ kept }) => kept?.open ?? []).filter((batch) => batch < first));
      const all = [...(await entriesOf([...behind])), ...last];
      const open = new Set(all.flatMap(({ batch, kept }) => (kept === undefined ? [batch] : [])));
      return { next, open, counts: greatest(all.flatMap(({ kept }) => (kept === undefined ? [] : [kept.counts]))) };
    },
    start: async (batch) => {
      const started = await journal.start(keyOf(batch), { leaseMs: 1 });
      if (started.started) return started.attempt;
      if (started.entry.state === "finished") return "committed";
      // It was started a moment ago, by a run of this process that was stopped.
      if (started.leaseMs > 0) await sleep(2, undefined, clock);
      const again = await journal.start(keyOf(batch), { leaseMs: 1, after: started.entry.attempt });
      if (again.started) return again.attempt;
      if (again.entry.state === "finished") return "committed";
      throw takenOver(key);
    },
    finish: async (batch, attempt, outcomes, { counts, open }) => {
      const rows = outcomes.map(({ line, outcome, id = "", detail = "" }) => [line, outcome, id, detail] as const);
      const kept: KeptBatch = { rows, counts, open };
      const { finished } = await journal.finish(keyOf(batch), { attempt, outcome: kept });
      if (!finished) throw takenOver(key);
    },
    read: async (batch) => {
      const entry = await get(batch);
      return entry && (keptOf(entry)?.rows ?? []).map(rowOf);
    },
  };
}

function keptOf(entry: JournalEntry | undefined): KeptBatch | undefined {
  return entry?.state === "finished" ? (entry.outcome as KeptBatch) : undefined;
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
