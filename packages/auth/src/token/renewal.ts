import { ghlError, type Clock, type Principal, type Priority } from "@ghlkit/core";
import type { LeaseStore, TokenRecord } from "@ghlkit/storage";
import type { MintToken } from "./mint-token.ts";
import { principalKey } from "./principal-key.ts";
import type { RefreshPair } from "./refresh-pair.ts";
import type { TokenParts } from "./token-parts.ts";
import { withLease } from "./with-lease.ts";

/** What a caller wants of a pair. */
export interface Asked {
  /** An access token that the platform refused. */
  readonly rejected?: string | undefined;
  /** Refresh even a fresh pair. */
  readonly force?: boolean;
  readonly priority?: Priority | undefined;
}

export interface RenewalParts extends Pick<TokenParts, "tokens" | "pairs" | "writer" | "owner"> {
  readonly leases: LeaseStore;
  readonly leaseTtlMs: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Finds a live pair in the store, or takes the lease of its resource and refreshes or mints one. */
export function createRenewal(
  { tokens, pairs, writer, owner, leases, leaseTtlMs: ttlMs, clock, random }: RenewalParts,
  refresh: RefreshPair,
  mint: MintToken,
): (principal: Principal, asked: Asked) => Promise<TokenRecord> {
  /** Inside the lease: reads again, then refreshes or mints. */
  async function renew(principal: Principal, { rejected, force = false, priority }: Asked): Promise<TokenRecord> {
    for (let turn = 0; turn < 5; turn += 1) {
      const stored = await tokens.get(principal);
      if (pairs.isFresh(stored, rejected) && !force) return stored;
      const kept = writer.kept(principal);
      const base = kept === undefined || stored === undefined ? stored : { ...stored, ...kept };
      const renewed =
        base?.refreshToken === undefined
          ? await mint(principal, stored, priority)
          : await refresh({ ...base, refreshToken: base.refreshToken }, rejected);
      if (renewed !== "again") return renewed;
    }
    throw ghlError("storage", "The pair changes faster than it can be refreshed.", { reason: "unavailable" }, { principal });
  }

  return async (principal, asked) => {
    const { rejected, force = false } = asked;
    await writer.flush(principal);
    const waiting = writer.kept(principal);
    if (!force && pairs.isFresh(waiting, rejected)) return pairs.remember(waiting);
    const stored = waiting ?? (await tokens.get(principal));
    if (!force && pairs.isFresh(stored, rejected)) return pairs.remember(stored);
    const meanwhile = async (): Promise<TokenRecord | undefined> => {
      const pair = writer.kept(principal) ?? (await tokens.get(principal));
      return pairs.isUsable(pair, rejected) ? pair : undefined;
    };
    const name = `token/${principalKey(principal)}`;
    const wait = { leases, name, owner, ttlMs, clock, random, meanwhile };
    return pairs.remember(await withLease(wait, () => renew(principal, asked)));
  };
}
