import { ghlError } from "@ghlkit/core";

/**
 * What is known of a call. One that may still show its effect is looked at again later: its step is not done.
 * @throws GhlError `outcome_unknown`
 */
export function knownOutcome<Result extends { readonly outcome: string }>(
  result: Result,
): Exclude<Result, { readonly outcome: "unknown" }> {
  if (result.outcome === "unknown")
    throw ghlError("outcome_unknown", "HighLevel has not confirmed it yet. Try again in a minute: it is made once.", {});
  return result as Exclude<Result, { readonly outcome: "unknown" }>;
}
