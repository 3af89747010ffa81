import type { GhlErrorCode } from "@ghlkit/core";

/** Refusals of this very request: sent again, it would be refused again. What concerns credentials, rates or outages is not among them. */
export const refusedRequest: ReadonlySet<GhlErrorCode> = new Set([
  "bad_request",
  "validation",
  "duplicate",
  "opted_out",
  "slot_taken",
  "not_found",
  "conflict",
  "payload_rejected",
]);
