import { operationTable } from "@ghlkit/contract";
import { isGhlError, isUnsentCall, type GhlError, type GhlErrorCode } from "@ghlkit/core";

/** Whether an error of the code says that its own attempt had no effect: refused before it was sent, or by the platform. */
const isRefusal: Readonly<Record<GhlErrorCode, boolean>> = {
  token_expired: true,
  token_revoked: true,
  token_kind: true,
  scope_missing: true,
  resource_forbidden: true,
  resource_inactive: true,
  route_unavailable: true,
  version_rejected: true,
  invalid_request: true,
  bad_request: true,
  validation: true,
  duplicate: true,
  opted_out: true,
  slot_taken: true,
  not_found: true,
  conflict: true,
  payload_rejected: true,
  rate_burst: true,
  rate_daily: true,
  queue_full: true,
  circuit_open: true,
  in_progress: true,
  server: false,
  network: false,
  timeout: false,
  outcome_unknown: false,
  invalid_response: false,
  storage: false,
  aborted: false,
  unexpected: false,
  http: false,
};

/**
 * Whether a write that failed may have had its effect all the same. Unknown errors may. A refusal speaks for its own attempt alone: an
 * earlier one may have been lost, unless the operation is one that `withRetry` never repeats then.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (!isGhlError(error)) return true;
  if (error.code === "aborted") return error.attempts > 0;
  const isRefused = isUnsentCall(error) || isRefusal[error.code];
  return !isRefused || (earlierAttempts(error) > 0 && isRepeatedWhenLost(error.operation));
}

/** Attempts before the one that was refused. What never left is not counted among its attempts; an answer or a failed connection is. */
function earlierAttempts(error: GhlError): number {
  if (isUnsentCall(error, "authorisation")) return error.attempts;
  const isCounted = error.code === "network" || ("status" in error && error.status !== undefined);
  return isCounted ? error.attempts - 1 : error.attempts;
}

/** Whether `withRetry` sends the operation (an id, or `METHOD /path`) again after an answer was lost. Unknown ones may be. */
function isRepeatedWhenLost(operation: string | undefined): boolean {
  if (operation?.includes(" /") === true) return operation.startsWith("GET ");
  const retry = operation === undefined ? undefined : operationTable.operation(operation)?.retry;
  return retry === undefined || retry === "safe" || retry === "idempotent";
}
