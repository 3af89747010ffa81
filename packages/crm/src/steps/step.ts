import type { Probed } from "@ghlkit/resilience";

/** What a step is given. */
export interface StepContext<Input, Results> {
  /** What the run was started with, as JSON. */
  readonly input: Input;
  /** What the steps before it returned, as JSON. */
  readonly results: Results;
  /** A name that is the same for this step in every run of the same id: use it where the platform shows a text or id of yours. */
  readonly key: string;
  /** Fires when another process may have taken the run over. Hand it to the calls of the step. */
  readonly signal: AbortSignal;
}

/** The work of a step. Its result is kept as JSON. */
export type Step<Input, Results, Result> = (context: StepContext<Input, Results>) => Promise<Result>;

/** How a step that was interrupted, or refused, goes on. */
export interface StepOptions<Input, Results, Result> {
  /**
   * Running it twice does no harm, such as adding a tag or making sure that a person exists. After a crash in the middle it runs again.
   * @default false: then its probe looks whether it happened
   */
  readonly isRepeatable?: boolean;
  /** Looks whether an interrupted step has happened; see `once` of `@ghlkit/resilience`. Without it such a run ends as `unknown`. */
  readonly probe?: (context: Omit<StepContext<Input, Results>, "signal">) => Promise<Probed<Result> | undefined>;
  /**
   * The run goes on without it when it is given up on; its result is then missing.
   * @default false
   */
  readonly isOptional?: boolean;
}

/** A step by its name, without the types of its neighbours. */
export interface NamedStep {
  readonly name: string;
  readonly work: Step<unknown, Readonly<Record<string, unknown>>, unknown>;
  readonly options: StepOptions<unknown, Readonly<Record<string, unknown>>, unknown>;
}
