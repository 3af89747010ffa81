import { ghlError } from "@ghlkit/core";
import type { InboxDelivery } from "../inbox/inbox-delivery.ts";
import type { ClaimOptions } from "../inbox/inbox.ts";
import type { InboxPageQuery } from "../inbox/inbox-query.ts";
import { checkKey, checkTtl } from "./check-key.ts";

/** @throws GhlError `invalid_request` for what no inbox can keep. */
export function checkDelivery(delivery: InboxDelivery): InboxDelivery {
  checkKey("id", delivery.id);
  checkKey("entity", delivery.entity);
  checkKey("type", delivery.type);
  checkKey("source", delivery.source);
  if (delivery.resource !== undefined) checkKey("resource", delivery.resource);
  for (const field of ["occurredAt", "receivedAt"] as const)
    if (!Number.isSafeInteger(delivery[field])) throw ghlError("invalid_request", `${field} must be whole milliseconds since epoch.`, {});
  return delivery;
}

/** @throws GhlError `invalid_request`. */
export function checkClaim({ owner, limit, leaseMs }: ClaimOptions): void {
  checkKey("owner", owner);
  checkTtl(leaseMs);
  if (!Number.isSafeInteger(limit) || limit < 1) throw ghlError("invalid_request", "limit must be a whole number above 0.", {});
}

/** Where a page ended. */
export interface PageEnd {
  readonly receivedAt: number;
  readonly seq: number;
}

/** Size of a page and the place it goes on from. @throws GhlError `invalid_request`. */
export function checkInboxPage({ limit = 100, after }: InboxPageQuery): { readonly limit: number; readonly end: PageEnd | undefined } {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1000)
    throw ghlError("invalid_request", "limit must be a whole number from 1 to 1,000.", {});
  if (after === undefined) return { limit, end: undefined };
  const [receivedAt, seq] = after.split(".").map(Number);
  if (!Number.isSafeInteger(receivedAt) || !Number.isSafeInteger(seq))
    throw ghlError("invalid_request", "after must be the `next` of a page of the inbox.", {});
  return { limit, end: { receivedAt: receivedAt ?? 0, seq: seq ?? 0 } };
}

/** The cursor of a place. */
export function inboxCursor({ receivedAt, seq }: PageEnd): string {
  return `${receivedAt}.${seq}`;
}
