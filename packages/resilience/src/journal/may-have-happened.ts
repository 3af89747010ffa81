import { isGhlError, type GhlErrorCode } from "@ghlkit/core";

/** Refused before it was sent, or refused by the platform. */
const withoutEffect: ReadonlySet<GhlErrorCode> = new Set<GhlErrorCode>([
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

/** Whether a write that failed may have had its effect all the same. Unknown errors may. */
export function mayHaveHappened(error: unknown): boolean {
  if (!isGhlError(error)) return true;
  if (error.code === "network" || error.code === "timeout") return error.sent;
  if (error.code === "aborted") return error.attempts > 0;
  return !withoutEffect.has(error.code);
}
