import { checkNumber, ghlError, isGhlError, monotonicNow, type Clock } from "@ghlkit/core";
import { keepJournalLease, type Journal, type JournalEntry, type JournalLease } from "@ghlkit/storage";
import { isLost, type Probed } from "../retry/probe.ts";
import { mayHaveHappened } from "./may-have-happened.ts";
import { quietClock } from "./quiet-clock.ts";

/** Options of {@link once}. */
export interface OnceOptions<Result> {
  /** `storage.journal` of any engine. */
  readonly journal: Journal;
  /**
   * Looks whether a write whose answer was lost has happened, e.g. for a message with the same text. Say `happened: false` only
   * when that is certain: searches of the platform lag behind its writes. `undefined` when that is not certain. Default: none; then
   * `outcome_unknown` is thrown, as when it is not certain or fails.
   */
  readonly probe?: () => Promise<Probed<Result> | undefined>;
  /**
   * How long after the death of this process no other process judges its write, in ms. Not a bound of the write: while that runs, its waits
   * in the rate limit and its retries included, the lease is renewed at each third.
   * @default 120_000
   */
  readonly leaseMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** A write that is done. */
export interface DoneOnce<Result> {
  /** `undefined` after a write that was accepted with an answer that could not be read (`invalid_response` with `accepted: true`). */
  readonly result: Result;
  /** `now`: this call did it. `before`: an earlier one did. `found`: its answer was lost, and the probe found it. */
  readonly done: "now" | "before" | "found";
}

/**
 * The write itself. `signal` fires when another process may have taken the key over, because the journal could not be reached for a whole
 * lease, or the machine slept longer than that: handed to the call, it keeps what still waits from being sent.
 */
export type OnceWrite<Result> = (lease: { readonly signal: AbortSignal }) => Promise<Result>;

/**
 * Carries out a write at most once per key, across calls, processes and restarts: the platform has no idempotency keys. Choose a
 * key that names the intent, e.g. `reminder:<appointment>:24h`. The result is kept as JSON.
 *
 * A renewal of the lease that fails is tried again at the next third. Only when all of a lease pass in vain does the write's signal
 * fire, and may another process take over; it asks its probe first.
 *
 * @throws GhlError `in_progress` while another caller is at it, with the time until its lease ends; `outcome_unknown` when it is not known
 *   whether it happened and no probe knows: look, then `journal.finish` or `journal.abandon` it. Else what the write throws; then it certainly did not happen and
 *   may be called again. A lost answer whose write the probe is certain did not happen is `network` with `sent: false`. `storage` when
 *   the journal cannot be reached, `invalid_request` for a result that JSON cannot hold: a later call finds out what became of the write.
 */
export async function once<Result>(key: string, write: OnceWrite<Result>, options: OnceOptions<Result>): Promise<DoneOnce<Result>> {
  const { journal, leaseMs = 120_000, clock = quietClock } = options;
  checkNumber("once", "leaseMs", leaseMs, { above: true });
  const since = monotonicNow(clock);
  const start = await journal.start(key, { leaseMs });
  if (start.started) return carryOut(key, write, { ...options, attempt: start.attempt, since });
  const { entry } = start;
  // It was JSON of a result when it was kept.
  if (entry.state === "finished") return { result: entry.outcome as Result, done: "before" };
  // One that is not at it any more, and does not know its outcome, leaves a lease of a millisecond.
  if (start.leaseMs > 1) throw inProgress(key, start.leaseMs);
  return takeOver(key, write, { ...options, entry });
}

/** The process that started it is gone. */
async function takeOver<Result>(
  key: string,
  write: OnceWrite<Result>,
  options: OnceOptions<Result> & { readonly entry: JournalEntry },
): Promise<DoneOnce<Result>> {
  const { journal, entry, leaseMs = 120_000, clock = quietClock } = options;
  const { attempt } = entry;
  const found = await look(key, options, `was started at ${new Date(entry.startedAt).toISOString()} and its end was not noted`);
  if (found.happened) return noteFound(key, found.result, { journal, attempt });
  const since = monotonicNow(clock);
  const again = await journal.start(key, { leaseMs, after: attempt });
  if (again.started) return carryOut(key, write, { ...options, attempt: again.attempt, since });
  if (again.entry.state === "finished") return { result: again.entry.outcome as Result, done: "before" };
  throw inProgress(key, again.leaseMs);
}

interface Try<Result> extends OnceOptions<Result> {
  readonly attempt: number;
  readonly since: number;
}

interface Failed<Result> extends Try<Result> {
  readonly lease: JournalLease;
}

async function carryOut<Result>(key: string, write: OnceWrite<Result>, options: Try<Result>): Promise<DoneOnce<Result>> {
  const { journal, attempt, since, leaseMs = 120_000, clock = quietClock } = options;
  const lease = keepJournalLease(key, { journal, attempt, since, leaseMs, clock });
  try {
    const { signal } = lease;
    const written = await outcomeOf(() => write({ signal }));
    if ("error" in written) return await afterFailure(key, written.error, { ...options, lease });
    // Should this fail, the write stays started: the next call asks the probe instead of writing again.
    await journal.finish(key, { attempt, outcome: written.result }).catch(async (error: unknown) => {
      await handBack(key, { ...options, lease });
      throw error;
    });
    return { result: written.result, done: "now" };
  } finally {
    lease.end();
  }
}

/** This caller is not at it any more: the next one need not wait for a lease to end. Should this fail, it does. */
async function handBack<Result>(key: string, { journal, attempt, lease }: Failed<Result>): Promise<void> {
  lease.end();
  await journal.extend(key, { attempt, leaseMs: 1 }).catch(() => undefined);
}

async function outcomeOf<Result>(write: () => Promise<Result>): Promise<{ readonly result: Result } | { readonly error: unknown }> {
  try {
    return { result: await write() };
  } catch (error) {
    return { error };
  }
}

/** @throws the failure, unless its write is found. */
async function afterFailure<Result>(key: string, error: unknown, options: Failed<Result>): Promise<DoneOnce<Result>> {
  const { journal, attempt } = options;
  if (!mayHaveHappened(error)) {
    await journal.abandon(key, { attempt });
    throw error;
  }
  if (isGhlError(error, "invalid_response") && error.accepted === true) {
    // It is done, whatever a probe sees by now: only its answer cannot be read.
    await journal.finish(key, { attempt });
    throw error;
  }
  try {
    const found = await look(key, options, "was sent and its answer was lost", error);
    if (found.happened) return await noteFound(key, found.result, { journal, attempt });
  } catch (unknown) {
    await handBack(key, options);
    throw unknown;
  }
  await journal.abandon(key, { attempt });
  throw undone(key, error);
}

/** @throws GhlError `outcome_unknown` when the probe does not know, or there is none. */
async function look<Result>(key: string, { probe }: OnceOptions<Result>, what: string, error?: unknown): Promise<Probed<Result>> {
  if (probe === undefined) throw unknown(key, what, error);
  let found: Probed<Result> | undefined;
  try {
    found = await probe();
  } catch (cause) {
    throw unknown(key, `${what}; the probe failed`, error === undefined ? cause : new AggregateError([error, cause]));
  }
  if (found === undefined) throw unknown(key, `${what}; the probe does not know`, error);
  return found;
}

async function noteFound<Result>(
  key: string,
  result: Result,
  { journal, attempt }: { readonly journal: Journal; readonly attempt: number },
): Promise<DoneOnce<Result>> {
  await journal.finish(key, { attempt, outcome: result });
  return { result, done: "found" };
}

/** Not the same as unknown: another caller is at it, and its result will be there. */
function inProgress(key: string, leaseMs: number): Error {
  const message = `The write ${key} is being carried out elsewhere, by a process that is alive or was less than a lease ago. Call again in ${leaseMs} ms: its result is kept.`;
  return ghlError("in_progress", message, { leaseMs });
}

function unknown(key: string, what: string, cause?: unknown): Error {
  const message = `The write ${key} ${what}. Look whether it happened, or give a probe that does.`;
  return ghlError("outcome_unknown", message, {}, cause === undefined ? {} : { cause });
}

/** The probe is certain: an error that says "perhaps" would say less than is known. */
function undone(key: string, error: unknown): unknown {
  if (!isGhlError(error, "outcome_unknown") && !isLost(error)) return error;
  const message = `The write ${key} did not happen: its answer was lost, and the probe saw no effect. It may be called again.`;
  return ghlError("network", message, { sent: false }, { cause: error });
}
