import { ghlError, type GhlErrorOf, type Principal } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";

/** The pair without the refresh token that the platform refused, and why. Its access token may live on until it ends. */
export function deadPair(pair: TokenRecord, reason: string): TokenRecord {
  const { refreshToken: _dead, refreshExpiresAt: _end, ...rest } = pair;
  return { ...rest, extra: { ...pair.extra, needsReconnect: reason } };
}

/** Why a pair is dead; `undefined` for a live one. */
export function deathOf(pair: TokenRecord | undefined): string | undefined {
  const reason = pair?.extra["needsReconnect"];
  return typeof reason === "string" ? reason : undefined;
}

/** The error of a resource whose grant is dead or that was never installed. */
export function reconnectError(principal: Principal, reason: string, cause?: unknown): GhlErrorOf<"token_revoked"> {
  const message = `needs_reconnect: ${principal.kind} ${principal.resource}: ${reason} Have a person of that account go through the consent page again.`;
  return ghlError("token_revoked", message, { status: 401 }, { principal, ...(cause === undefined ? {} : { cause }) });
}
