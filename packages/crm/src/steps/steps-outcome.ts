/** An optional step that was given up on. */
export interface SkippedStep {
  readonly step: string;
  /** One sentence: what the step threw. */
  readonly reason: string;
}

/** What became of a run. `results` has one property per finished step. */
export type StepsOutcome<Results> =
  /** Every step is done, or optional and given up on. `how` is `before` when an earlier run had come to the end. */
  | {
      readonly outcome: "done";
      readonly how: "now" | "before";
      readonly results: Results;
      readonly skipped: readonly SkippedStep[];
    }
  /** A step was refused for good. The steps after it did not run, and a later run of the same id gives the same answer. */
  | {
      readonly outcome: "gave_up";
      readonly step: string;
      readonly reason: string;
      readonly results: Partial<Results>;
    }
  /** It is not known whether the step happened: its answer or its process was lost, and it is neither repeatable nor has a probe that knows. */
  | { readonly outcome: "unknown"; readonly step: string; readonly error: unknown; readonly results: Partial<Results> }
  /** Another process is at it, or was less than a lease ago. */
  | { readonly outcome: "in_progress"; readonly retryAfterMs: number };

/** Progress of a run. */
export interface StepsEvent {
  readonly type: "step";
  /** The id of the run. */
  readonly id: string;
  readonly step: string;
  /** Position of the step, from 1. */
  readonly index: number;
  /** Number of steps. */
  readonly of: number;
  /** `now`: carried out. `before`: an earlier run had done it. `found`: its answer was lost, and its probe found it. `gave_up`: refused for good. */
  readonly how: "now" | "before" | "found" | "gave_up";
}
