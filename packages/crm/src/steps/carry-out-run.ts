import { detachedListener, monotonicNow, sleep, systemClock } from "@ghlkit/core";
import { keepLease, type JournalEntry, type JournalStart } from "@ghlkit/storage";
import { keptInput, runKey } from "./accepted-runs.ts";
import { runStep, type StepEnd } from "./run-step.ts";
import type { NamedStep } from "./step.ts";
import type { RunOptions } from "./steps-options.ts";
import type { SkippedStep, StepsOutcome } from "./steps-outcome.ts";

type Results = Readonly<Record<string, unknown>>;
type Outcome = StepsOutcome<Results>;

/** A run that this process may carry out. */
interface GrantedRun {
  readonly key: string;
  readonly id: string;
  readonly attempt: number;
  /** Fires when another process may have taken over. */
  readonly signal: AbortSignal;
}

/** Carries out what is left of an accepted run. @throws what a step throws, unless it was refused for good. */
export async function carryOutRun(options: RunOptions, id: string): Promise<Outcome> {
  const { name, journal, leaseMs = 120_000, clock = systemClock } = options;
  const key = runKey(name, id);
  const since = monotonicNow(clock);
  const start = await takeUp(options, key);
  if (!start.started) return ended(start.entry) ?? { outcome: "in_progress", retryAfterMs: start.leaseMs };
  const { attempt } = start;
  const lost = new AbortController();
  const endLease = keepLease({
    ttlMs: leaseMs,
    clock,
    heldSince: since,
    onLost: () => lost.abort(new Error(`The lease of ${key} has passed: another process may have taken over.`)),
    renew: async () => ((await journal.extend(key, { attempt, leaseMs })).extended ? "held" : "lost"),
  });
  let outcome: Outcome | undefined;
  try {
    outcome = await runSteps(options, { key, id, attempt, signal: lost.signal });
  } finally {
    endLease();
    // What has not come to its end may be taken up again at once. Should this fail, its lease ends by itself.
    if (outcome?.outcome !== "done" && outcome?.outcome !== "gave_up")
      await journal.extend(key, { attempt, leaseMs: 1 }).catch(() => undefined);
  }
  if (outcome.outcome === "done" || outcome.outcome === "gave_up") await journal.finish(key, { attempt, outcome });
  return outcome;
}

/** Takes the run up, also after the process that was at it. */
async function takeUp({ journal, leaseMs = 120_000, clock = systemClock }: RunOptions, key: string): Promise<JournalStart> {
  const start = await journal.start(key, { leaseMs });
  if (start.started || start.entry.state === "finished" || start.leaseMs > 1) return start;
  // One that is not at it any more leaves a lease of a millisecond.
  if (start.leaseMs > 0) await sleep(2, undefined, clock);
  return journal.start(key, { leaseMs, after: start.entry.attempt });
}

/** The outcome that an earlier run noted. */
function ended(entry: JournalEntry): Outcome | undefined {
  if (entry.state !== "finished") return undefined;
  const outcome = entry.outcome as Outcome;
  return outcome.outcome === "done" ? { ...outcome, how: "before" } : outcome;
}

async function runSteps(options: RunOptions, { key, id, signal }: GrantedRun): Promise<Outcome> {
  const { journal, leaseMs = 120_000, clock, steps } = options;
  const emit = options.onEvent && detachedListener(options.onEvent);
  const input = await keptInput(options, key);
  let results: Results = {};
  const skipped: SkippedStep[] = [];
  for (const [position, step] of steps.entries()) {
    const end = await runStep(step, { journal, leaseMs, clock, key, input, results, signal });
    const stopped = stop(step, end, results);
    if (end.end === "result" || end.end === "gave_up") {
      const how = end.end === "gave_up" ? "gave_up" : end.how;
      emit?.({ type: "step", id, step: step.name, index: position + 1, of: steps.length, how });
    }
    if (stopped !== undefined) return stopped;
    if (end.end === "gave_up") skipped.push({ step: step.name, reason: end.reason });
    if (end.end === "result") results = { ...results, [step.name]: end.value };
  }
  return { outcome: "done", how: "now", results, skipped };
}

/** How the run ends with this step, or undefined when it goes on. */
function stop({ name, options }: NamedStep, end: StepEnd, results: Results): Outcome | undefined {
  if (end.end === "in_progress") return { outcome: "in_progress", retryAfterMs: end.retryAfterMs };
  if (end.end === "unknown") return { outcome: "unknown", step: name, error: end.error, results };
  if (end.end === "gave_up" && options.isOptional !== true) return { outcome: "gave_up", step: name, reason: end.reason, results };
  return undefined;
}
