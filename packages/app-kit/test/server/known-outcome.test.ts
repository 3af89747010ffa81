import { isGhlError } from "@ghlkit/core";
import { expect, it } from "vitest";
import { knownOutcome } from "../../src/server/known-outcome.ts";

it("hands a known outcome on, and throws for one that is not known yet", () => {
  expect(knownOutcome({ outcome: "sent", id: "1" })).toEqual({ outcome: "sent", id: "1" });
  let thrown: unknown;
  try {
    knownOutcome({ outcome: "unknown", probeAfterMs: 1 });
  } catch (error) {
    thrown = error;
  }
  expect(isGhlError(thrown, "outcome_unknown")).toBe(true);
});
