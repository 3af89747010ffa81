import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { NamedStep } from "./step.ts";
import type { StepsEvent } from "./steps-outcome.ts";

/** Options of createSteps. */
export interface StepsOptions {
  /** Names this kind of run, e.g. `lead-form`: part of every key in the journal, so it must stay the same across releases. */
  readonly name: string;
  /** `storage.journal` of any engine. */
  readonly journal: Journal;
  /**
   * How long after the death of this process another one waits before it goes on with a run, in ms. A living process renews it.
   * @default 120_000
   */
  readonly leaseMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** Progress: called after each step. An error in it is reported to the runtime and does not change the run. */
  readonly onEvent?: (event: StepsEvent) => void;
}

/** The options of a definition, with its steps. */
export interface RunOptions extends StepsOptions {
  readonly steps: readonly NamedStep[];
}
