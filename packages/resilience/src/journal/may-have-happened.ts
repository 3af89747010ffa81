import { operationTable } from "@ghlkit/contract";
import { isGhlError, type GhlError, type GhlErrorCode } from "@ghlkit/core";

/** Refused before it was sent, or refused by the platform. */
const refusals: ReadonlySet<GhlErrorCode> = new Set<GhlErrorCode>([
  "token_expired",
  "token_revoked",
  "token_kind",
  "scope_missing",
  "resource_forbidden",
  "resource_inactive",
  "route_unavailable",
  "version_rejected",
  "invalid_request",
  "bad_request",
  "validation",
  "duplicate",
  "not_found",
  "conflict",
  "payload_rejected",
  "rate_burst",
  "rate_daily",
  "queue_full",
  "circuit_open",
]);

/**
 * Whether a write that failed may have had its effect all the same. Unknown errors may. A refusal speaks for its own attempt alone: an
 * earlier one may have been lost, unless the operation is one that `withRetry` never repeats then.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (!isGhlError(error)) return true;
  if (error.code === "aborted") return error.attempts > 0;
  const isRefused = error.code === "network" || error.code === "timeout" ? !error.sent : refusals.has(error.code);
  return !isRefused || (earlierAttempts(error) > 0 && isRepeatedWhenLost(error.operation));
}

/** Attempts before the one that was refused. What never left is not counted among its attempts; an answer or a failed connection is. */
function earlierAttempts(error: GhlError): number {
  const isCounted = error.code === "network" || ("status" in error && error.status !== undefined);
  return isCounted ? error.attempts - 1 : error.attempts;
}

/** Whether `withRetry` sends the operation (an id, or `METHOD /path`) again after an answer was lost. Unknown ones may be. */
function isRepeatedWhenLost(operation: string | undefined): boolean {
  if (operation?.includes(" /") === true) return operation.startsWith("GET ");
  const retry = operation === undefined ? undefined : operationTable.operation(operation)?.retry;
  return retry === undefined || retry === "safe" || retry === "idempotent";
}
