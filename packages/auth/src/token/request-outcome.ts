import { isGhlError, isUnsentCall, type GhlError } from "@ghlkit/core";

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

/** A gateway lost the answer of what stands behind it (502, 504, 52x), which may have acted. 500 and 503 are answers of the endpoint itself. */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 504, 520, 521, 522, 523, 524]);
/** Refusals of our own layers, before anything was sent. */
const refusals: ReadonlySet<string> = new Set([
  "invalid_request",
  "queue_full",
  "circuit_open",
  "rate_burst",
  "rate_daily",
  "token_kind",
  "storage",
  "in_progress",
]);

/**
 * Whether the token endpoint may have acted on a request that failed. An answer with a status of its own is a refusal; a lost, late or
 * unreadable one may follow a refresh that took place, and so may whatever else is not known to be a refusal.
 */
export function mayHaveActed(error: unknown): boolean {
  if (!isGhlError(error)) return true;
  if (isUnsentCall(error)) return false;
  const { status } = error as { readonly status?: number };
  if (status === undefined) return !refusals.has(error.code);
  return error.code === "invalid_response" || gatewayStatuses.has(status);
}
