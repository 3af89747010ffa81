// A run of named steps
export { createSteps, type ResumedRun, type StepsDefinition } from "./create-steps.ts";
export type { StepsOptions } from "./steps-options.ts";
export type { Step, StepContext, StepOptions } from "./step.ts";

// What comes of it
export type { StepsEvent, StepsOutcome, SkippedStep } from "./steps-outcome.ts";
export { isGivenUp, StepGivenUp } from "./step-given-up.ts";
