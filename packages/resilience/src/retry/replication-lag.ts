import { answerOf, classify, isWrite, type CallContext, type GhlError, type WireRequest, type WireResponse } from "@ghlkit/core";
import type { KnownDeletions } from "./known-deletions.ts";

/** Ms to wait after the first, second and third such answer; after that it is believed. */
const waitsMs = [1500, 3000, 5000] as const;

/**
 * Whether a call changes a message, which another service may have made just now: status updates are reported to fail for 5 to 10 s after it,
 * with 401, 403 and 404 (docs#4 of the vendor's repository).
 */
function changesMessage(request: WireRequest, { operation }: CallContext): boolean {
  return operation?.path.includes("{messageId}") === true && isWrite(request.method, operation);
}

export interface LagOptions {
  /** Most milliseconds to wait in all. */
  readonly lagMs: number;
  readonly deletions: KnownDeletions;
}

/**
 * How long to wait before a service is asked again that does not know yet what another has just made; `undefined` for any other answer,
 * when it has had its time, and where the answer or an earlier call shows that what it misses is gone for good. Such an answer is a
 * refusal: nothing was done.
 */
export function lagWait(request: WireRequest, response: WireResponse, context: CallContext, options: LagOptions): number | undefined {
  const waitMs = waitsMs[context.attempt - 1];
  const waitedMs = waitsMs.slice(0, context.attempt).reduce((sum, ms) => sum + ms, 0);
  if (waitMs === undefined || waitedMs > options.lagMs || response.status >= 500 || response.status === 429) return undefined;
  const body = answerOf(response)?.body;
  if (typeof body !== "string") return undefined;
  const error = classify(response, body, context);
  return isLag(error, changesMessage(request, context)) && !isGone(request, body, context, options.deletions) ? waitMs : undefined;
}

function isLag(error: GhlError, isOfMessage: boolean): boolean {
  if (error.platformCode === "CONVERSATIONS_CONTACT_NOT_FOUND") return true;
  if (!isOfMessage) return false;
  // A token, scope or provider that is refused is recognised by its words or code; the rest may well be a message that is not there yet.
  return error.code === "not_found" || error.code === "http" || (error.code === "resource_forbidden" && isUnexplained(error));
}

function isUnexplained({ body = "", platformCode }: GhlError): boolean {
  return platformCode === undefined && !/access to this location/i.test(body);
}

function isGone(request: WireRequest, body: string, context: CallContext, deletions: KnownDeletions): boolean {
  return /\b(deleted|archived|merged|no longer exists?|has been removed)\b/i.test(body) || deletions.isNamed(request, context);
}
