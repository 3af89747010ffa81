import { ghlError } from "@ghlkit/core";
import type { RefreshIntent, TokenRecord } from "../token-store.ts";
import { checkPrincipal } from "./check-key.ts";

/** The part of a token pair that engines keep as one text: all but version, intent and time of writing. */
export function encodeTokenBody(record: TokenRecord): string {
  const { principal, accessToken, refreshToken, issuedAt, expiresAt, refreshExpiresAt } = record;
  const { scopes, userType, companyId, locationId, extra } = record;
  const key = checkPrincipal(principal);
  if (typeof accessToken !== "string" || accessToken === "") throw wrong("accessToken must be a text");
  if (!Number.isFinite(expiresAt)) throw wrong("expiresAt must be milliseconds since epoch");
  if (issuedAt !== undefined && !Number.isFinite(issuedAt)) throw wrong("issuedAt must be milliseconds since epoch");
  if (refreshExpiresAt !== undefined && !Number.isFinite(refreshExpiresAt))
    throw wrong("refreshExpiresAt must be milliseconds since epoch");
  const tokens = { accessToken, refreshToken, issuedAt, expiresAt, refreshExpiresAt };
  return JSON.stringify({ principal: key, ...tokens, scopes, userType, companyId, locationId, extra });
}

/** The inverse of {@link encodeTokenBody}. */
export function decodeTokenBody(body: string): TokenRecord {
  return JSON.parse(body) as TokenRecord;
}

/** What the caller says of an intent, as one text. */
export function encodeIntent({ refreshTokenFingerprint, owner, attempt }: Omit<RefreshIntent, "at">): string {
  return JSON.stringify({ refreshTokenFingerprint, owner, attempt });
}

/** The inverse of {@link encodeIntent}, with the store's time. */
export function decodeIntent(intent: string, at: number): RefreshIntent {
  return { ...(JSON.parse(intent) as Omit<RefreshIntent, "at">), at };
}

function wrong(what: string): Error {
  return ghlError("invalid_request", `${what}.`, {});
}
