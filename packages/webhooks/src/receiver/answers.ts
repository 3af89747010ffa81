import type { RejectReason } from "../verify/rejection.ts";

const statuses: Readonly<Partial<Record<RejectReason, number>>> = {
  body_empty: 400,
  body_too_large: 413,
  content_type: 415,
  content_encoding: 415,
  not_json: 400,
  too_deep: 400,
  address_not_allowed: 403,
  other_app: 403,
};

/** Status of a refusal; what no entry names is 401. */
export function statusOf(reason: Exclude<RejectReason, "body_not_raw">): number {
  return statuses[reason] ?? 401;
}

/** Accepted: the delivery is kept, was kept before, or is not wanted. */
export function accepted(outcome: "new" | "duplicate" | "filtered"): Response {
  return Response.json({ accepted: true, outcome });
}

/** Refused. The body states the reason, for those who try the endpoint out; it holds nothing that helps to forge. */
export function refused(reason: Exclude<RejectReason, "body_not_raw">): Response {
  return Response.json({ accepted: false, reason }, { status: statusOf(reason) });
}

/** A mistake of this server, not of the sender: asked for again, with what to fix in the answer. */
export function bodyNotRaw(message: string, retryAfterSeconds: number): Response {
  const headers = { "retry-after": String(retryAfterSeconds) };
  return Response.json({ accepted: false, reason: "body_not_raw", message }, { status: 429, headers });
}

/** Not kept: 429 is the one answer that every documented retry regime of the platform sends again after. */
export function sendAgain(retryAfterSeconds: number): Response {
  const headers = { "retry-after": String(retryAfterSeconds) };
  return Response.json({ accepted: false, reason: "try_again" }, { status: 429, headers });
}

export function notAllowed(): Response {
  return new Response(null, { status: 405, headers: { allow: "POST" } });
}
