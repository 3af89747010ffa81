import { sleep, type Clock } from "@ghlkit/core";
import type { Journal, JournalEntry } from "@ghlkit/storage";
import { firstMissing } from "../run/first-missing.ts";
import { holdRun, type HeldRun } from "../run/hold-run.ts";
import type { LocationWork, Slice } from "./location-work.ts";

/** What the slices of a location share. */
export interface SliceOptions<Location, Cursor, Result> {
  /** Key of the run of all locations. */
  readonly key: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly sliceMs: number;
  readonly work: LocationWork<Location, Cursor, Result>;
  readonly locationOf: (locationId: string) => Location;
  readonly signal?: AbortSignal;
  /** Where its last turn ended, if that is known. */
  readonly last?: TurnEnd;
}

/** Where a turn ended. The journal knows it as well: it saves looking for it, and does no harm where it is out of date. */
export interface TurnEnd {
  /** Number of the slice that is next. */
  readonly slice: number;
  /** Fence that the process had. */
  readonly fence: number;
}

/** How a turn of a location ended. */
export type Turn<Result> =
  | { readonly turn: "done"; readonly how: "now" | "before"; readonly result: Result | undefined }
  /** An earlier run gave up on it. */
  | { readonly turn: "failed"; readonly reason: string }
  /** Its time was over: it goes on from the cursor that is kept. */
  | { readonly turn: "more"; readonly at: TurnEnd | undefined }
  /** Another process is at it, or was less than a lease ago. */
  | { readonly turn: "held"; readonly retryAfterMs: number };

/** What the journal keeps of a location that is at its end. */
export type KeptResult<Result> = { readonly result?: Result } | { readonly failed: string };

/** Key of a location in the journal. */
export function locationKey(key: string, locationId: string): string {
  return `locations:${key}:${locationId}`;
}

/** Carries out the next slice of a location, and keeps where it stopped. @throws what the work throws; the location may be taken up again at once. */
export async function runSlice<Location, Cursor, Result>(
  locationId: string,
  options: SliceOptions<Location, Cursor, Result>,
): Promise<Turn<Result>> {
  const { journal, clock, leaseMs, last } = options;
  const key = locationKey(options.key, locationId);
  const run = await holdRun(key, { journal, leaseMs, clock, ...(last && { after: last.fence }) });
  if (!run.held && run.entry.state !== "finished") return { turn: "held", retryAfterMs: run.retryAfterMs };
  if (!run.held) return ended(run.entry.outcome as KeptResult<Result>);
  let slice: CarriedOut<Cursor, Result> | "taken over";
  try {
    slice = await carryOut(locationId, key, run, options);
  } catch (error) {
    await run.release();
    throw error;
  }
  if (slice === "taken over" || !slice.done) {
    await run.release();
    return { turn: "more", at: slice === "taken over" ? undefined : { slice: slice.number + 1, fence: run.fence } };
  }
  const kept: KeptResult<Result> = slice.result === undefined ? {} : { result: slice.result };
  const { finished } = await run.finish(kept);
  // Another process has it now, and will report it.
  return finished ? { turn: "done", how: "now", result: slice.result } : { turn: "held", retryAfterMs: leaseMs };
}

function ended<Result>(kept: KeptResult<Result>): Turn<Result> {
  return "failed" in kept ? { turn: "failed", reason: kept.failed } : { turn: "done", how: "before", result: kept.result };
}

/** A slice with its number. */
type CarriedOut<Cursor, Result> = Slice<Cursor, Result> & { readonly number: number };

async function carryOut<Location, Cursor, Result>(
  locationId: string,
  key: string,
  run: HeldRun,
  options: SliceOptions<Location, Cursor, Result>,
): Promise<CarriedOut<Cursor, Result> | "taken over"> {
  const { journal, clock, sliceMs, work, locationOf } = options;
  const sliceKey = (slice: number): string => `${key}/${slice}`;
  const { next, last } = await lastSlice<Cursor>(journal, sliceKey, options.last?.slice);
  const number = last?.isOpen === true ? next - 1 : next;
  const cursor = last?.isOpen === true ? await cursorOf<Cursor>(journal, sliceKey(number - 1)) : last?.cursor;
  const started = await startSlice(sliceKey(number), options);
  if (started === undefined) return "taken over";
  const since = clock.now();
  const slice = await work(locationOf(locationId), {
    locationId,
    cursor,
    isOver: () => clock.now() - since >= sliceMs,
    key,
    fence: run.fence,
    isRepeat: started.isRepeat,
    signal: options.signal === undefined ? run.signal : AbortSignal.any([run.signal, options.signal]),
  });
  // A late process keeps no cursor: the one that has the location now goes on from its own.
  run.signal.throwIfAborted();
  if (slice.done) return { ...slice, number };
  const { finished } = await journal.finish(sliceKey(number), { attempt: started.attempt, outcome: { cursor: slice.cursor } });
  return finished ? { ...slice, number } : "taken over";
}

/** Starts a slice, or takes it over: a process that is late can finish it no more. `undefined` when that process has just finished it. */
async function startSlice(
  key: string,
  { journal, clock }: Pick<SliceOptions<never, never, never>, "journal" | "clock">,
): Promise<{ readonly attempt: number; readonly isRepeat: boolean } | undefined> {
  const first = await journal.start(key, { leaseMs: 1 });
  if (first.started) return { attempt: first.attempt, isRepeat: false };
  if (first.leaseMs > 0) await sleep(2, undefined, clock);
  const again = await journal.start(key, { leaseMs: 1, after: first.entry.attempt });
  return again.started ? { attempt: again.attempt, isRepeat: true } : undefined;
}

interface LastSlice<Cursor> {
  readonly isOpen: boolean;
  readonly cursor: Cursor | undefined;
}

/** The slices of a location are numbered; all but the last one are finished. */
async function lastSlice<Cursor>(
  journal: Journal,
  sliceKey: (slice: number) => string,
  guess: number | undefined,
): Promise<{ readonly next: number; readonly last: LastSlice<Cursor> | undefined }> {
  const entries = new Map<number, JournalEntry | undefined>();
  const exists = async (slice: number): Promise<boolean> => {
    entries.set(slice, await journal.get(sliceKey(slice)));
    return entries.get(slice) !== undefined;
  };
  const next = await firstMissing(exists, guess);
  if (next === 0) return { next, last: undefined };
  const entry = entries.get(next - 1);
  const isOpen = entry?.state !== "finished";
  return { next, last: { isOpen, cursor: isOpen ? undefined : (entry.outcome as { readonly cursor: Cursor }).cursor } };
}

async function cursorOf<Cursor>(journal: Journal, key: string): Promise<Cursor | undefined> {
  if (key.endsWith("/-1")) return undefined;
  return ((await journal.get(key))?.outcome as { readonly cursor: Cursor } | undefined)?.cursor;
}
