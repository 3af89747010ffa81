import { detachedListener, systemClock } from "@ghlkit/core";
import type { JournalEntry } from "@ghlkit/storage";
import { holdRun } from "../run/hold-run.ts";
import { keptInput, runKey } from "./accepted-runs.ts";
import { runStep, type StepEnd } from "./run-step.ts";
import type { NamedStep } from "./step.ts";
import type { RunOptions } from "./steps-options.ts";
import type { SkippedStep, StepsOutcome } from "./steps-outcome.ts";

type Results = Readonly<Record<string, unknown>>;
type Outcome = StepsOutcome<Results>;

/** Carries out what is left of an accepted run. @throws what a step throws, unless it was refused for good. */
export async function carryOutRun(options: RunOptions, id: string): Promise<Outcome> {
  const { name, journal, leaseMs = 120_000, clock = systemClock } = options;
  const key = runKey(name, id);
  const run = await holdRun(key, { journal, leaseMs, clock });
  if (!run.held) return ended(run.entry) ?? { outcome: "in_progress", retryAfterMs: run.retryAfterMs };
  let outcome: Outcome | undefined;
  try {
    outcome = await runSteps(options, { key, id, signal: run.signal });
  } finally {
    if (outcome?.outcome !== "done" && outcome?.outcome !== "gave_up") await run.release();
  }
  if (outcome.outcome === "done" || outcome.outcome === "gave_up") await run.finish(outcome);
  return outcome;
}

/** Which run, and until when. */
interface GrantedRun {
  readonly key: string;
  readonly id: string;
  /** Fires when another process may have taken over. */
  readonly signal: AbortSignal;
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
