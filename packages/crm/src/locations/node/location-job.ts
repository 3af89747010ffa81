import { holdRun } from "../../run/hold-run.ts";
import type { HandedOutJob, JobQueue } from "./job-queue.ts";
import { locationKey, runSlice, type KeptResult, type SliceOptions, type Turn, type TurnEnd } from "../run-slices.ts";

/** What pg-boss keeps of a location that has work to do. Where it stands is in the journal. */
export interface LocationJob {
  /** Key of the run. */
  readonly key: string;
  readonly locationId: string;
  /** How often its work has thrown. */
  readonly failures: number;
  /** Where its last turn ended. Absent for the first, and for jobs of earlier versions. */
  readonly last?: TurnEnd;
}

/** What all jobs of a process share. */
export interface JobSettings<Location, Cursor, Result> extends Omit<SliceOptions<Location, Cursor, Result>, "key" | "signal" | "last"> {
  readonly boss: JobQueue;
  readonly queue: string;
  readonly attempts: number;
  readonly emit: (event: LocationEvent) => void;
}

/** What a worker reports. */
export type LocationEvent =
  /** A location was brought to its end by this process. `key` is that of the run. */
  | { readonly type: "done" | "failed"; readonly key: string; readonly locationId: string }
  /** The queue cannot be reached; it is looked at again. Ends with `queue_recovered`. */
  | { readonly type: "queue_failed"; readonly reason: string }
  | { readonly type: "queue_recovered" };

/** Longest wait before work that threw is tried again, in seconds. */
const longestWaitSeconds = 60;

/**
 * One slice of a location. What is left of it is a new job: should this process die in between, pg-boss hands out the old one again, and the journal shows where
 * the location stands. A job too many does no harm, because one process at a time has the location, and of
 * those that wait the queue takes one per location.
 */
export async function carryOutJob<Location, Cursor, Result>(
  { id, data }: HandedOutJob<LocationJob>,
  settings: JobSettings<Location, Cursor, Result>,
): Promise<void> {
  const { boss, queue } = settings;
  try {
    await carryOutTurn(data, settings);
  } catch (error) {
    // The queue or the journal failed, not the work: pg-boss hands the job out again.
    await boss.fail(queue, id, { message: messageOf(error) });
    return;
  }
  await boss.complete(queue, id);
}

async function carryOutTurn<Location, Cursor, Result>(job: LocationJob, settings: JobSettings<Location, Cursor, Result>): Promise<void> {
  const { key, locationId, failures, last } = job;
  let turn: Turn<Result>;
  try {
    turn = await runSlice(locationId, { ...settings, key, ...(last && { last }) });
  } catch (error) {
    if (failures + 1 >= settings.attempts) return noteFailed(settings, job, error);
    return goOn(settings, { ...job, failures: failures + 1 }, Math.min(longestWaitSeconds, 2 ** failures));
  }
  if (turn.turn === "done" && turn.how === "now") settings.emit({ type: "done", key, locationId });
  if (turn.turn === "more") await goOn(settings, { key, locationId, failures: 0, ...(turn.at && { last: turn.at }) }, 0);
  if (turn.turn === "held") await goOn(settings, job, Math.ceil(turn.retryAfterMs / 1000));
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function goOn<Location, Cursor, Result>(
  { boss, queue }: JobSettings<Location, Cursor, Result>,
  job: LocationJob,
  inSeconds: number,
): Promise<void> {
  const singletonKey = locationKey(job.key, job.locationId);
  await boss.send(queue, job, inSeconds === 0 ? { singletonKey } : { singletonKey, startAfter: inSeconds });
}

async function noteFailed<Location, Cursor, Result>(
  settings: JobSettings<Location, Cursor, Result>,
  job: LocationJob,
  error: unknown,
): Promise<void> {
  const run = await holdRun(locationKey(job.key, job.locationId), settings);
  if (run.held) {
    const { finished } = await run.finish({ failed: messageOf(error) } satisfies KeptResult<Result>);
    if (finished) settings.emit({ type: "failed", key: job.key, locationId: job.locationId });
  } else if (run.entry.state !== "finished") await goOn(settings, job, Math.ceil(run.retryAfterMs / 1000));
}
