import { ghlError, isGhlError, type Clock } from "@ghlkit/core";
import { once, type DoneOnce } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";
import { refusedForGood } from "./refused-for-good.ts";
import type { NamedStep } from "./step.ts";

/** What the journal keeps of a step. */
type Kept = { readonly value: unknown } | { readonly gaveUp: string };

/** How one step of a run ended. */
export type StepEnd =
  | { readonly end: "result"; readonly value: unknown; readonly how: "now" | "before" | "found" }
  | { readonly end: "gave_up"; readonly reason: string; readonly how: "now" | "before" | "found" }
  | { readonly end: "unknown"; readonly error: unknown }
  | { readonly end: "in_progress"; readonly retryAfterMs: number };

/** What every step of a run is given. */
export interface RunContext {
  readonly journal: Journal;
  readonly leaseMs: number;
  readonly clock: Clock | undefined;
  /** Key of the run. */
  readonly key: string;
  readonly input: unknown;
  readonly results: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** Carries out a step once. @throws what the step throws, unless it was refused for good or its outcome is not known. */
export async function runStep({ name, work, options }: NamedStep, run: RunContext): Promise<StepEnd> {
  const key = `${run.key}/${name}`;
  const given = { input: run.input, results: run.results, key };
  const attempt = async (signal: AbortSignal): Promise<Kept> => {
    try {
      return { value: await work({ ...given, signal: AbortSignal.any([signal, run.signal]) }) };
    } catch (error) {
      const reason = refusedForGood(error);
      if (reason === undefined) throw error;
      return { gaveUp: reason };
    }
  };
  const probe = async () => {
    if (options.isRepeatable === true) return { happened: false } as const;
    const found = await options.probe?.(given);
    return found?.happened === true ? ({ happened: true, result: { value: found.result } } as const) : found;
  };
  try {
    const { journal, leaseMs, clock } = run;
    const done = await once<Kept>(key, ({ signal }) => attempt(signal), { journal, leaseMs, probe, ...(clock !== undefined && { clock }) });
    return endOf(key, done);
  } catch (error) {
    if (isGhlError(error, "in_progress")) return { end: "in_progress", retryAfterMs: error.leaseMs };
    if (isGhlError(error, "outcome_unknown")) return { end: "unknown", error };
    throw error;
  }
}

function endOf(key: string, { result, done }: DoneOnce<Kept | undefined>): StepEnd {
  if (result === undefined) return { end: "unknown", error: unreadable(key) };
  return "gaveUp" in result ? { end: "gave_up", reason: result.gaveUp, how: done } : { end: "result", value: result.value, how: done };
}

/** The platform accepted it in an earlier run, with an answer that could not be read: the steps after it lack its result. */
function unreadable(key: string): Error {
  const message = `The step ${key} was accepted, but its answer could not be read. Look what it made, then finish the run by hand.`;
  return ghlError("outcome_unknown", message, {});
}
