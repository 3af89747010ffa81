import { checkNumber } from "@ghlkit/core";
import { acceptRun, keepInput, listAccepted } from "./accepted-runs.ts";
import { carryOutRun } from "./carry-out-run.ts";
import type { NamedStep, Step, StepOptions } from "./step.ts";
import type { RunOptions, StepsOptions } from "./steps-options.ts";
import type { StepsOutcome } from "./steps-outcome.ts";

/** Named steps that run once each, in the order in which they were added. */
export interface StepsDefinition<Input, Results extends object> {
  /**
   * Adds a step. Its name is part of its key in the journal: rename it, and runs that are under way carry it out again.
   * @throws TypeError when the name is taken, empty, or holds a `/`.
   */
  readonly step: <
    const Name extends string,
    Result,
    Options extends StepOptions<Input, Results, Result> = StepOptions<Input, Results, Result>,
  >(
    name: Name extends keyof Results ? never : Name,
    work: Step<Input, Results, Result>,
    options?: Options,
  ) => StepsDefinition<Input, WithStep<Results, Name, Result, Options>>;
  /**
   * Keeps the input, and carries out what is not done yet. Two calls with one id are one run; the input of the first counts.
   * @param id Names the intent, e.g. the id of a form submission. At most 300 characters, and not empty.
   * @throws what a step throws in an outage, for want of authorisation, or by mistake: call again, or {@link resume}. GhlError `storage` when the
   *   journal cannot be reached; `invalid_request` for an input that JSON cannot hold.
   */
  readonly run: (id: string, input: Input) => Promise<StepsOutcome<Results>>;
  /** Keeps the input and returns: `run` or `resume` does the rest. For handlers that answer at once. */
  readonly accept: (id: string, input: Input) => Promise<void>;
  /**
   * Goes on with the runs that were accepted and have not come to their end, oldest first: at start, and as often as wanted.
   * A run that throws does not stop the others; its outcome is `failed`.
   */
  readonly resume: (options?: { readonly limit?: number }) => AsyncIterableIterator<ResumedRun<Results>>;
}

/** What became of a run that was resumed. */
export type ResumedRun<Results> = { readonly id: string } & (
  | StepsOutcome<Results>
  | { readonly outcome: "failed"; readonly error: unknown }
);

type WithStep<Results, Name extends string, Result, Options> = Readonly<
  Results & (Options extends { readonly isOptional: true } ? { [Key in Name]?: Result } : { [Key in Name]: Result })
>;

/**
 * Runs several calls for one intent, each at most once, across crashes: what a lead form sets off, for example. It is no workflow engine: no
 * waits, no branches. Users of one call the same helpers from it.
 * @throws TypeError for a name that is empty or holds a `/` or `:`; RangeError for a lease that is not positive.
 */
export function createSteps<Input>(options: StepsOptions): StepsDefinition<Input, object> {
  checkName("createSteps", options.name);
  if (options.name.includes(":")) throw new TypeError('createSteps: the name must have no ":" in it.');
  checkNumber("createSteps", "leaseMs", options.leaseMs ?? 120_000, { above: true });
  return define<Input, object>(options, []);
}

function define<Input, Results extends object>(options: StepsOptions, steps: readonly NamedStep[]): StepsDefinition<Input, Results> {
  const settings: RunOptions = { ...options, steps };
  const run = async (id: string, input: Input): Promise<StepsOutcome<Results>> => {
    await keepInput(settings, id, input);
    return (await carryOutRun(settings, id)) as StepsOutcome<Results>;
  };
  return {
    // The types of the neighbours are checked where the step is added; the list keeps them without.
    step: (name, work, stepOptions) =>
      define(options, [...steps, checkStep(steps, { name, work, options: stepOptions ?? {} } as NamedStep)]),
    run,
    accept: (id, input) => acceptRun(settings, id, input),
    resume: (query) => resumeRuns<Results>(settings, query?.limit ?? 1000),
  };
}

async function* resumeRuns<Results>(settings: RunOptions, limit: number): AsyncIterableIterator<ResumedRun<Results>> {
  for (const id of await listAccepted(settings, limit)) {
    try {
      yield { id, ...((await carryOutRun(settings, id)) as StepsOutcome<Results>) };
    } catch (error) {
      yield { id, outcome: "failed", error };
    }
  }
}

function checkStep(steps: readonly NamedStep[], step: NamedStep): NamedStep {
  checkName("step", step.name);
  if (steps.some(({ name }) => name === step.name)) throw new TypeError(`There is a step "${step.name}" already: give each its own name.`);
  return step;
}

function checkName(where: string, name: string): void {
  if (!/^[^/\p{C}]{1,60}$/u.test(name)) throw new TypeError(`${where}: the name must have 1 to 60 characters, no "/" among them.`);
}
