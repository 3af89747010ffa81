import { ghlError, isGhlError, systemClock, type Clock, type Principal, type Priority } from "@ghlkit/core";
import type { Stores, TokenRecord } from "@ghlkit/storage";
import type { TokenEndpoint } from "../oauth/token-endpoint.ts";
import type { AuthEvent } from "./auth-event.ts";
import { deathOf } from "./dead-pair.ts";
import { Flights } from "./flights.ts";
import { LivePairs } from "./live-pairs.ts";
import { createMint, type MintSource } from "./mint-token.ts";
import { PairWriter } from "./pair-writer.ts";
import { createPatience } from "./patience.ts";
import { principalKey } from "./principal-key.ts";
import { refreshDue, type RefreshDueOptions, type RefreshDueReport } from "./refresh-due.ts";
import { createRefresh } from "./refresh-pair.ts";
import { createRenewal, type Asked } from "./renewal.ts";
import { Suspensions } from "./suspensions.ts";

export interface TokenManagerOptions extends Partial<Pick<MintSource, "companyOf" | "isUninstalled">> {
  readonly endpoint: TokenEndpoint;
  readonly stores: Pick<Stores, "tokens" | "leases">;
  /** Hears what happens. */
  readonly onEvent?: (event: AuthEvent) => void;
  /** Ms before its end at which a token is refreshed. Default 300,000. */
  readonly refreshBeforeMs?: number;
  /** Ms a lease lasts unless renewed. Longer than a request of the endpoint. Default 45,000. */
  readonly leaseTtlMs?: number;
  /** Attempts at the token endpoint while it fails. Default 4. */
  readonly maxAttempts?: number;
  /** Shared with whoever else learns that a resource is paused. */
  readonly suspensions?: Suspensions;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface LiveTokenOptions {
  /** Ends the caller's wait. */
  readonly signal?: AbortSignal | undefined;
  /** An access token that the platform refused: any other is better. */
  readonly rejected?: string | undefined;
  /** Of the token request, where one is needed. Default `interactive`. */
  readonly priority?: Priority | undefined;
}

/** Keeps every pair alive: one refresh per resource at a time, in the process and across processes. */
export interface TokenManager {
  /**
   * A pair whose access token can be used now.
   * @throws GhlError `token_revoked` (`needs_reconnect`), `resource_inactive`, or the transient error of the token endpoint.
   */
  readonly liveToken: (principal: Principal, options?: LiveTokenOptions) => Promise<TokenRecord>;
  /** Takes a pair of a code exchange over; it replaces whatever stood there. */
  readonly adopt: (pair: TokenRecord) => Promise<void>;
  /** Removes the pair of a resource. */
  readonly forget: (principal: Principal) => Promise<void>;
  /**
   * Refreshes pairs whose refresh token ends soon, four at a time unless told otherwise. One failing does not stop the others.
   * @throws GhlError `aborted`; `storage` when the pairs cannot be listed.
   */
  readonly refreshDue: (options?: RefreshDueOptions) => Promise<RefreshDueReport>;
  /** Forgets what the process remembers; the store is asked again. */
  readonly invalidate: (principal: Principal) => void;
}

const holdOffMs = 10_000;

export function createTokenManager(options: TokenManagerOptions): TokenManager {
  const { endpoint, stores, refreshBeforeMs = 300_000, leaseTtlMs = 45_000, maxAttempts = 4 } = options;
  const { clock = systemClock, random = Math.random, onEvent: emit = (): void => {} } = options;
  const { companyOf = async () => undefined, isUninstalled = async () => false } = options;
  const { suspensions = new Suspensions(emit) } = options;
  const { tokens, leases } = stores;
  const pairs = new LivePairs(clock, refreshBeforeMs);
  const writer = new PairWriter(tokens, clock, emit);
  const patiently = createPatience({ emit, clock, random, maxAttempts, suspensions });
  /** Until when a pair that could not be refreshed is used as it is. */
  const heldOff = new Map<string, number>();
  const holdOff = (principal: Principal): void => void heldOff.set(principalKey(principal), clock.now() + holdOffMs);
  const owner = crypto.randomUUID();
  const parts = { endpoint, tokens, pairs, writer, patiently, emit, owner, holdOff };
  const obtain = createRenewal(
    { ...parts, leases, leaseTtlMs, clock, random },
    createRefresh(parts),
    createMint(parts, { companyOf, isUninstalled, liveToken }),
  );
  const flights = new Flights<TokenRecord>();
  const fly = (principal: Principal, asked: Asked, signal?: AbortSignal): Promise<TokenRecord> =>
    flights.join(principalKey(principal), () => obtain(principal, asked), signal);

  function liveToken(principal: Principal, asked: LiveTokenOptions = {}): Promise<TokenRecord> {
    const pair = pairs.get(principal);
    if (pairs.isFresh(pair, asked.rejected)) return Promise.resolve(pair);
    const isHeldOff = (heldOff.get(principalKey(principal)) ?? 0) > clock.now();
    if (isHeldOff && pairs.isUsable(pair, asked.rejected)) return Promise.resolve(pair);
    return awaited(principal, asked);
  }

  async function awaited(principal: Principal, { signal, ...asked }: LiveTokenOptions): Promise<TokenRecord> {
    const before = pairs.get(principal);
    try {
      const pair = await fly(principal, asked, signal);
      // The flight that was joined may have started before this token was refused.
      return pair.accessToken === asked.rejected ? await fly(principal, asked, signal) : pair;
    } catch (error) {
      if (isGhlError(error, "storage") && pairs.isUsable(before, asked.rejected)) return before;
      throw error;
    }
  }

  async function adopt(pair: TokenRecord): Promise<void> {
    const { principal } = pair;
    writer.drop(principal);
    for (let turn = 0; turn < 10; turn += 1) {
      const before = await tokens.get(principal).catch(() => undefined);
      const written = await writer.write(pair, before);
      if (written?.accessToken !== pair.accessToken) continue;
      pairs.remember(pair);
      if (deathOf(before) !== undefined) emit({ type: "reconnected", principal });
      return;
    }
    throw ghlError("storage", "The pair of the code exchange could not be stored.", { reason: "unavailable" }, { principal });
  }

  return {
    liveToken,
    adopt,
    forget: async (principal) => {
      pairs.forget(principal);
      writer.drop(principal);
      await tokens.delete(principal);
    },
    refreshDue: (due = {}) => refreshDue({ tokens, clock }, (principal) => fly(principal, { force: true }), due),
    invalidate: (principal) => pairs.forget(principal),
  };
}
