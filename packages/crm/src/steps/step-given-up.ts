const brand = Symbol.for("ghlkit.crm.stepGivenUp");

/** Thrown by a step to give up on it for good: the run ends, or goes on without it when the step is optional. */
export class StepGivenUp extends Error {
  /** @param reason One sentence for a person, kept in the journal; no personal data and no secret. */
  constructor(reason: string) {
    super(reason);
    this.name = "StepGivenUp";
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether a step threw it, also one of another copy of this package. */
export function isGivenUp(error: unknown): error is StepGivenUp {
  return typeof error === "object" && error !== null && brand in error;
}
