import { isGhlError, type GhlError } from "@ghlkit/core";

const passing = new Set([
  "network",
  "timeout",
  "server",
  "rate_burst",
  "outcome_unknown",
  "queue_full",
  "circuit_open",
  "invalid_response",
]);

/** Whether the token endpoint failed for a reason of its own, which says nothing of the grant. */
export function isTransient(error: unknown): error is GhlError {
  return isGhlError(error) && passing.has(error.code);
}

/** Whether the request certainly did not reach the token endpoint, so that the refresh token is unused. */
export function isUnsent(error: unknown): boolean {
  if (isGhlError(error, "network") || isGhlError(error, "timeout")) return !error.sent;
  return isGhlError(error, "rate_burst") || isGhlError(error, "queue_full") || isGhlError(error, "circuit_open");
}
