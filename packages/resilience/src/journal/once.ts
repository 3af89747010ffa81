import { ghlError } from "@ghlkit/core";
import type { Journal, JournalEntry } from "@ghlkit/storage";
import { mayHaveHappened } from "./may-have-happened.ts";

/** What a look at the platform found. */
export type Probed<Result> = { readonly happened: true; readonly result: Result } | { readonly happened: false };

export interface OnceOptions<Result> {
  /** `storage.journal` of any engine. */
  readonly journal: Journal;
  /**
   * Looks whether a write whose answer was lost has happened, e.g. for a message with the same text. Say `happened: false` only
   * when that is certain: searches of the platform lag behind its writes. Default: none; then `outcome_unknown` is thrown.
   */
  readonly probe?: () => Promise<Probed<Result>>;
  /** Longest time the write takes, retries included, in ms. So long nobody else judges it. Default 120,000. */
  readonly leaseMs?: number;
}

/** A write that is done. */
export interface DoneOnce<Result> {
  readonly result: Result;
  /** `now`: this call did it. `before`: an earlier one did. `found`: its answer was lost, and the probe found it. */
  readonly done: "now" | "before" | "found";
}

/**
 * Carries out a write at most once per key, across calls, processes and restarts: the platform has no idempotency keys. Choose a
 * key that names the intent, e.g. `reminder:<appointment>:24h`. The result is kept as JSON.
 *
 * @throws GhlError `outcome_unknown` while somebody else is at it, or when nobody knows whether it happened and there is no
 *   probe: look, then `journal.finish` or `journal.abandon` it. Else what the write throws; then it certainly did not happen and
 *   may be called again.
 */
export async function once<Result>(key: string, write: () => Promise<Result>, options: OnceOptions<Result>): Promise<DoneOnce<Result>> {
  const { journal, leaseMs = 120_000 } = options;
  const start = await journal.start(key, { leaseMs });
  if (start.started) return carryOut(key, write, { ...options, attempt: start.attempt });
  const { entry } = start;
  // It was JSON of a result when it was kept.
  if (entry.state === "finished") return { result: entry.outcome as Result, done: "before" };
  if (start.leaseMs > 0) throw unknown(key, `is being carried out by somebody else for at most another ${start.leaseMs} ms`);
  return takeOver(key, write, { ...options, entry });
}

/** Whoever started it is gone. */
async function takeOver<Result>(
  key: string,
  write: () => Promise<Result>,
  options: OnceOptions<Result> & { readonly entry: JournalEntry },
): Promise<DoneOnce<Result>> {
  const { journal, probe, entry, leaseMs = 120_000 } = options;
  const { attempt } = entry;
  if (probe === undefined) throw unknown(key, `was started at ${new Date(entry.startedAt).toISOString()} and nobody noted its end`);
  const found = await probe();
  if (found.happened) return noteFound(key, found.result, { journal, attempt });
  const again = await journal.start(key, { leaseMs, after: attempt });
  if (!again.started) throw unknown(key, "was taken over by somebody else at the same time");
  return carryOut(key, write, { ...options, attempt: again.attempt });
}

async function carryOut<Result>(
  key: string,
  write: () => Promise<Result>,
  options: OnceOptions<Result> & { readonly attempt: number },
): Promise<DoneOnce<Result>> {
  const { journal, probe, attempt } = options;
  let result: Result;
  try {
    result = await write();
  } catch (error) {
    if (!mayHaveHappened(error)) {
      await journal.abandon(key, { attempt });
      throw error;
    }
    if (probe === undefined) throw unknown(key, "was sent and its answer was lost", error);
    const found = await probe();
    if (found.happened) return noteFound(key, found.result, { journal, attempt });
    await journal.abandon(key, { attempt });
    throw error;
  }
  // Should this fail, the write stays started: the next call asks the probe instead of writing again.
  await journal.finish(key, { attempt, outcome: result });
  return { result, done: "now" };
}

async function noteFound<Result>(
  key: string,
  result: Result,
  { journal, attempt }: { readonly journal: Journal; readonly attempt: number },
): Promise<DoneOnce<Result>> {
  await journal.finish(key, { attempt, outcome: result });
  return { result, done: "found" };
}

function unknown(key: string, what: string, cause?: unknown): Error {
  const message = `The write ${key} ${what}. Look whether it happened, or give a probe that does.`;
  return ghlError("outcome_unknown", message, {}, cause === undefined ? {} : { cause });
}
