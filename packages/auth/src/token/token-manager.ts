import { principalKey, isGhlError, systemClock, untraced, type Clock, type Principal, type Priority, type Trace } from "@ghlkit/core";
import type { ExpectedVersion, StoredToken, TokenRecord } from "@ghlkit/storage";
import { adoptPair } from "./adopt-pair.ts";
import type { AuthEvent } from "./auth-event.ts";
import { deathOf } from "./dead-pair.ts";
import { InFlightWork } from "./in-flight-work.ts";
import { createMint, type MintSource } from "./mint-token.ts";
import { refreshDue, type RefreshDueOptions, type RefreshDueReport } from "./refresh-due.ts";
import { createRefresh } from "./refresh-pair.ts";
import { createRenewal, type Wanted } from "./renewal.ts";
import { createRenewalParts, type RenewalOptions } from "./renewal-parts.ts";

export interface TokenManagerOptions extends RenewalOptions, Partial<MintSource> {
  /** Receives what happens to the pairs. */
  readonly onEvent?: (event: AuthEvent) => void;
  /**
   * Ms for which the pair of a code exchange is tried to be stored.
   * @default 3_000
   */
  readonly adoptWithinMs?: number;
  /** Runs each renewal. */
  readonly trace?: Trace;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Options of a request for a token that works. */
export interface LiveTokenOptions {
  /** Ends the caller's wait. */
  readonly signal?: AbortSignal | undefined;
  /** An access token that the platform refused: any other is better. */
  readonly rejected?: string | undefined;
  /**
   * Of the token request, where one is needed.
   * @default "interactive"
   */
  readonly priority?: Priority | undefined;
}

/** Keeps every pair alive: one refresh per resource at a time, in the process and across processes. */
export interface TokenManager {
  /**
   * A pair whose access token can be used now. A removal or replacement by another process is seen within `recheckMs`.
   * @throws GhlError `token_revoked` (`needs_reconnect`), `resource_inactive`, or the transient error of the token endpoint.
   */
  readonly liveToken: (principal: Principal, options?: LiveTokenOptions) => Promise<TokenRecord>;
  /**
   * Stores the pair of a code exchange over whatever stands there; resolves with its version when it is stored.
   * @throws GhlError `storage` when it could not be stored; nothing of it is kept then.
   */
  readonly adopt: (pair: TokenRecord) => Promise<number>;
  /** Removes the pair of a resource, with `expected` only in that version. */
  readonly forget: (principal: Principal, expected?: ExpectedVersion) => Promise<{ readonly deleted: boolean }>;
  /**
   * Refreshes pairs whose refresh token ends soon, four at a time by default. One failing does not stop the others.
   * @throws GhlError `aborted`; `storage` when the pairs cannot be listed.
   */
  readonly refreshDue: (options?: RefreshDueOptions) => Promise<RefreshDueReport>;
  /** Forgets what the process remembers, failures included; the store is asked again. */
  readonly invalidate: (principal: Principal) => void;
}

export function createTokenManager(options: TokenManagerOptions): TokenManager {
  const { adoptWithinMs = 3_000, clock = systemClock, random = Math.random, onEvent: emit = (): void => {} } = options;
  const { trace = untraced } = options;
  const { companyOf = async () => undefined, isUninstalled = async () => false } = options;
  const parts = createRenewalParts(options, { clock, random, emit });
  const { tokens, pairs, writer, backOff } = parts;
  const obtain = createRenewal(parts, createRefresh(parts), createMint(parts, { companyOf, isUninstalled }));
  const renewals = new InFlightWork<TokenRecord>();
  const looks = new InFlightWork<StoredToken | undefined>();
  const renew = (principal: Principal, wanted: Wanted, signal?: AbortSignal): Promise<TokenRecord> =>
    renewals.join(
      principalKey(principal),
      () =>
        trace(() => obtain(principal, wanted, liveToken), { name: "token.renew", attributes: { "ghlkit.resource.kind": principal.kind } }),
      signal,
    );

  /** Whether a pair will do without a renewal: it is fresh, or it works for hours and its renewal is under way or has just failed. */
  function willDo(principal: Principal, pair: TokenRecord | undefined, rejected: string | undefined): pair is TokenRecord {
    if (pairs.isFresh(pair, rejected)) return true;
    return pairs.isCalm(pair, rejected) && (renewals.has(principalKey(principal)) || backOff.isCalmPause(principal));
  }

  function liveToken(principal: Principal, wanted: LiveTokenOptions = {}): Promise<TokenRecord> {
    const pair = pairs.get(principal);
    if (willDo(principal, pair, wanted.rejected) && !pairs.isUnchecked(principal)) return Promise.resolve(pair);
    return awaited(principal, wanted);
  }

  async function awaited(principal: Principal, { signal, ...wanted }: LiveTokenOptions): Promise<TokenRecord> {
    const before = pairs.get(principal);
    try {
      if (willDo(principal, before, wanted.rejected) && writer.kept(principal) === undefined) {
        const stored = await looks.join(principalKey(principal), () => tokens.get(principal), signal);
        if (willDo(principal, stored, wanted.rejected)) return pairs.remember(stored);
        if (stored === undefined) pairs.forget(principal);
      }
      const pair = await renew(principal, wanted, signal);
      // The renewal that was joined may have started before this token was refused.
      return pair.accessToken === wanted.rejected ? await renew(principal, wanted, signal) : pair;
    } catch (error) {
      const isOfStore = isGhlError(error, "storage") || !isGhlError(error);
      if (isOfStore && pairs.isUsable(before, wanted.rejected)) return pairs.remember(before);
      throw error;
    }
  }

  async function adopt(pair: TokenRecord): Promise<number> {
    const { principal } = pair;
    writer.drop(principal);
    const { version, before } = await adoptPair({ tokens, clock, withinMs: adoptWithinMs }, pair);
    writer.drop(principal);
    backOff.clear(principal);
    pairs.remember(pair);
    parts.stuck.resolved(principal);
    if (deathOf(before) !== undefined) emit({ type: "reconnected", principal });
    return version;
  }

  return {
    liveToken,
    adopt,
    forget: async (principal, expected) => {
      pairs.forget(principal);
      writer.drop(principal);
      return tokens.delete(principal, expected);
    },
    refreshDue: (due = {}) => refreshDue({ tokens, clock }, (principal) => renew(principal, { force: true }), due),
    invalidate: (principal) => {
      pairs.forget(principal);
      backOff.clear(principal);
    },
  };
}
