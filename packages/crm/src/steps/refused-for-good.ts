import { isGhlError, type GhlErrorCode } from "@ghlkit/core";
import { isGivenUp } from "./step-given-up.ts";

/** Refusals of this very request: sent again, it would be refused again. What concerns credentials, rates or outages is not among them. */
const permanent: ReadonlySet<GhlErrorCode> = new Set([
  "bad_request",
  "validation",
  "duplicate",
  "opted_out",
  "slot_taken",
  "not_found",
  "conflict",
  "payload_rejected",
]);

/** The reason why a step is given up on, or undefined when it may be tried again later. */
export function refusedForGood(error: unknown): string | undefined {
  if (isGivenUp(error)) return error.message;
  return isGhlError(error) && permanent.has(error.code) ? `${error.code}: ${error.message}` : undefined;
}
