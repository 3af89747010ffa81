import type { TokenRecord } from "@ghlkit/storage";

/** What is assumed of a pair that was stored without the time of its issue: the platform's access tokens live a day. */
const assumedLifeMs = 86_399_000;
/** A token this close to its end would end on the way. */
const travelMs = 5_000;

export interface PairLifeOptions {
  /** Ms before the end of the access token at which its renewal can wait no longer. A quarter of its life at most. */
  readonly refreshBeforeMs: number;
  /** Renew a pair once half the life of its access token has passed. */
  readonly renewAtHalfLife: boolean;
}

/** The points in the life of an access token, in ms since epoch. */
export interface PairLife {
  /** From here on it is renewed, while it still works for hours. */
  readonly renewAt: number;
  /** From here on its renewal is urgent: calls wait for it, and a refresh token whose first use has no known outcome is tried once. */
  readonly urgentAt: number;
  /** From here on it is not used any more. */
  readonly endsAt: number;
}

export function pairLife(pair: TokenRecord, { refreshBeforeMs, renewAtHalfLife }: PairLifeOptions): PairLife {
  const lifeMs = Math.max(0, pair.expiresAt - (pair.issuedAt ?? pair.expiresAt - assumedLifeMs));
  const urgentAt = pair.expiresAt - Math.min(refreshBeforeMs, lifeMs / 4);
  // A token without a refresh token is minted again at any time: nothing is lost by waiting.
  const isEarly = renewAtHalfLife && pair.refreshToken !== undefined;
  const renewAt = isEarly ? Math.min(urgentAt, pair.expiresAt - lifeMs / 2) : urgentAt;
  return { renewAt, urgentAt, endsAt: pair.expiresAt - Math.min(travelMs, lifeMs / 10) };
}
