import type { Principal } from "@ghlkit/core";
import type { ExpectedVersion, WriteResult } from "./write-result.ts";

/** A token pair as the platform gave it out, for one app and one location or company. Times are ms since epoch. */
export interface TokenRecord {
  /** App, kind and id the pair belongs to: the key. */
  readonly principal: Principal;
  readonly accessToken: string;
  /** Absent for location tokens minted without one. */
  readonly refreshToken?: string;
  /** When the access token was asked for, where known; its life counts from there. */
  readonly issuedAt?: number;
  /** When the access token ends. */
  readonly expiresAt: number;
  /** When the refresh token ends, where known. */
  readonly refreshExpiresAt?: number;
  readonly scopes: readonly string[];
  readonly userType: "Company" | "Location";
  readonly companyId?: string;
  readonly locationId?: string;
  /** Every other field of the platform's answer, as sent. JSON values only. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Noted before a refresh token is used. When it is still there later, its owner died or is stopped, and the token may be spent. */
export interface RefreshIntent {
  /** Names the refresh token that is about to be used, without holding it (a hash). */
  readonly refreshTokenFingerprint: string;
  /** Who is about to use it. */
  readonly owner: string;
  /** 1 for the first holder that tries this refresh token, 2 for the one that takes over. */
  readonly attempt: number;
  /** When it was noted, on the store's clock. */
  readonly at: number;
}

/** A token pair as it stands in the store. */
export interface StoredToken extends TokenRecord {
  /** Changes with every write of the record, intents included. */
  readonly version: number;
  readonly intent?: RefreshIntent;
  /** Last write, on the store's clock. */
  readonly updatedAt: number;
}

/** Which token pairs to list; every condition given must hold. */
export interface TokenQuery {
  readonly app?: string;
  readonly kind?: Principal["kind"];
  readonly companyId?: string;
  /** Only pairs whose access token ends before this time. */
  readonly expiringBefore?: number;
  /** Only pairs whose refresh token is known to end before this time. */
  readonly refreshExpiringBefore?: number;
  /**
   * Records fetched at a time.
   * @default 100
   */
  readonly pageSize?: number;
}

/**
 * Keeps token pairs. Every write is a compare-and-set: a slow refresher never overwrites a newer pair.
 * Every method rejects with a GhlError `storage` when the store cannot do its work; its message holds no secret.
 */
export interface TokenStore {
  readonly get: (principal: Principal) => Promise<StoredToken | undefined>;
  /** Writes a pair and clears the intent. */
  readonly put: (record: TokenRecord, expected: ExpectedVersion) => Promise<WriteResult<StoredToken>>;
  /** Notes that the refresh token of this version is about to be used; the pair stays. `at` is the store's. */
  readonly recordIntent: (
    principal: Principal,
    intent: Omit<RefreshIntent, "at">,
    expected: ExpectedVersion,
  ) => Promise<WriteResult<StoredToken>>;
  /** Takes the intent back: the refresh token was certainly not used. */
  readonly clearIntent: (principal: Principal, expected: ExpectedVersion) => Promise<WriteResult<StoredToken>>;
  /** Removes a pair, with `expected` only in that version. `deleted` is false when there was none. */
  readonly delete: (principal: Principal, expected?: ExpectedVersion) => Promise<{ readonly deleted: boolean }>;
  /**
   * Goes through the pairs page by page, by app, kind and id. A pair that is there all the time is seen exactly once;
   * one written meanwhile may be seen or not.
   */
  readonly list: (query?: TokenQuery) => AsyncIterable<StoredToken>;
}
