import { principalKey, ghlError, monotonicNow, sleep, type Principal, type Priority } from "@ghlkit/core";
import type { StoredToken, TokenRecord } from "@ghlkit/storage";
import { holdLease } from "./hold-lease.ts";
import type { LiveToken, MintToken } from "./mint-token.ts";
import type { RefreshPair, Renewed } from "./refresh-pair.ts";
import type { RenewalParts } from "./renewal-parts.ts";

/** What a caller wants of a pair. */
export interface Wanted {
  /** An access token that the platform refused. */
  readonly rejected?: string | undefined;
  /** Refresh even a fresh pair. */
  readonly force?: boolean;
  readonly priority?: Priority | undefined;
}

/** What a caller wants, with the way to a token of a company for the tokens of its locations. */
interface RenewalRequest extends Wanted {
  readonly liveToken: LiveToken;
}

/** For so long a lease store that fails is asked again where a call needs a token: the time in which it restarts. */
const storeRestartMs = 3_000;
/** Longest wait for another process that renews the same pair. */
const longestWaitMs = 120_000;

export type Renewal = (principal: Principal, wanted: Wanted, liveToken: LiveToken) => Promise<TokenRecord>;

/** Finds a live pair in the store, or takes the lease of its resource and refreshes or mints one. */
export function createRenewal(parts: RenewalParts, refresh: RefreshPair, mint: MintToken): Renewal {
  const { tokens, pairs, writer, owner, leases, leaseTtlMs: ttlMs, clock, random, backOff, watch, stuck } = parts;

  /** Inside the lease: reads again, then refreshes or mints. */
  async function renew(principal: Principal, { rejected, force = false, priority, liveToken }: RenewalRequest): Promise<Renewed> {
    for (let turn = 0; turn < 5; turn += 1) {
      const stored = await tokens.get(principal);
      if (pairs.isFresh(stored, rejected) && !force) return stored;
      const renewed =
        stored?.refreshToken === undefined
          ? await mint(principal, { stored, priority, liveToken })
          : await refresh({ ...stored, refreshToken: stored.refreshToken }, rejected);
      if (renewed !== "again") return renewed;
    }
    throw ghlError("storage", "The pair changes faster than it can be refreshed.", { reason: "busy" }, { principal });
  }

  /** Takes the lease if it is free, and keeps it for as long as the work goes on or a pair waits to be stored. */
  async function leased(principal: Principal, stored: StoredToken | undefined, wanted: RenewalRequest, waitedMs: number): Promise<Renewed> {
    const name = `token/${principalKey(principal)}`;
    let lease;
    try {
      lease = await leases.acquire(name, { ttlMs, owner: owner() });
    } catch (error) {
      watch.restart(principal);
      if (waitedMs > storeRestartMs || pairs.isUsable(stored, wanted.rejected)) throw error;
      return { waitMs: 100 };
    }
    if (!lease.held) {
      if (lease.holder === stored?.intent?.owner) watch.restart(principal);
      if (pairs.isUsable(stored, wanted.rejected)) return { unchanged: stored };
      return { waitMs: Math.min(Math.max(lease.retryAfterMs, 5), 20 + random() * 60) };
    }
    const { release } = holdLease({ leases, name, owner: owner(), ttlMs, clock }, lease);
    try {
      return await renew(principal, wanted);
    } finally {
      if (writer.kept(principal) === undefined) await release();
      // Until the pair is stored no other process may believe that the refresh token is free.
      else void writer.whenStored(principal).then(release);
    }
  }

  /** A pair that the store holds or that waits for it, if it will do as it is. */
  async function standing(principal: Principal, wanted: Wanted): Promise<{ readonly pair?: TokenRecord; readonly stored?: StoredToken }> {
    const { rejected, force = false } = wanted;
    await writer.flush(principal);
    const waiting = writer.kept(principal);
    if (waiting !== undefined) {
      if (pairs.isUsable(waiting, rejected)) return { pair: waiting };
      throw ghlError("storage", "A new pair waits to be stored and cannot be renewed before.", { reason: "unavailable" }, { principal });
    }
    const stored = await tokens.get(principal);
    if (pairs.isFresh(stored, rejected)) {
      stuck.resolved(principal);
      return force ? { stored } : { pair: stored };
    }
    const isCalm = pairs.isCalm(stored, rejected);
    const failure = backOff.during(principal, stored, isCalm ? "calm" : "urgent");
    if (failure === undefined || (force && isCalm)) return stored === undefined ? {} : { stored };
    if (pairs.isUsable(stored, rejected)) return { pair: stored };
    throw failure.error;
  }

  /** After a failure the pair is used as long as it works. */
  function withoutRenewal(principal: Principal, stored: StoredToken | undefined, error: unknown, { rejected, force }: Wanted): TokenRecord {
    const isCalm = pairs.isCalm(stored, rejected);
    // Without a usable token every call looks again, unless the platform was asked for it.
    if (backOff.wasRequested(principal) || isCalm) backOff.fail(principal, { error, pair: stored }, isCalm ? "calm" : "urgent");
    if (force === true || !pairs.isUsable(stored, rejected)) throw error;
    return stored;
  }

  return async (principal, wanted, liveToken) => {
    const startedAt = monotonicNow(clock);
    for (;;) {
      const { pair, stored } = await standing(principal, wanted);
      if (pair !== undefined) return pairs.remember(pair);
      let renewed: Renewed;
      try {
        renewed = await leased(principal, stored, { ...wanted, liveToken }, monotonicNow(clock) - startedAt);
      } catch (error) {
        return pairs.remember(withoutRenewal(principal, stored, error, wanted));
      }
      if (renewed === "again") continue;
      if ("unchanged" in renewed) {
        if (wanted.force === true) throw notRenewed(principal);
        return pairs.remember(renewed.unchanged);
      }
      if (!("waitMs" in renewed)) {
        backOff.wasRequested(principal);
        backOff.clear(principal);
        return pairs.remember(renewed);
      }
      if (monotonicNow(clock) - startedAt > longestWaitMs) throw tooLong(principal);
      await sleep(Math.min(renewed.waitMs, Math.max(20 + random() * 60, Math.min(ttlMs / 8, 500))), undefined, clock);
    }
  };
}

function notRenewed(principal: Principal): Error {
  const message = "The pair was not refreshed: another process is at it, or its last refresh has no known outcome (refresh_stuck).";
  return ghlError("network", message, { sent: false }, { principal });
}

function tooLong(principal: Principal): Error {
  const message = `Another process has been renewing the token for ${longestWaitMs / 1000} s.`;
  return ghlError("timeout", message, { timeoutMs: longestWaitMs, scope: "attempt", sent: false }, { principal });
}
