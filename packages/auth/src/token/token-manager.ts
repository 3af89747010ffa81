import { ghlError, isGhlError, sleep, systemClock, type Clock, type Principal } from "@ghlkit/core";
import type { StoredToken, Stores, TokenRecord } from "@ghlkit/storage";
import type { TokenEndpoint } from "../oauth/token-endpoint.ts";
import type { AuthEvent } from "./auth-event.ts";
import { deadPair, deathOf, reconnectError } from "./dead-pair.ts";
import { fingerprint } from "./fingerprint.ts";
import { Flights } from "./flights.ts";
import { PairWriter } from "./pair-writer.ts";
import { principalKey } from "./principal-key.ts";
import { isTransient, isUnsent } from "./transient.ts";
import { withLease } from "./with-lease.ts";

export interface TokenManagerOptions {
  readonly endpoint: TokenEndpoint;
  readonly stores: Pick<Stores, "tokens" | "leases">;
  /** Company of a location that has no pair yet, from which its token is minted. */
  readonly companyOf?: (location: Principal) => Promise<string | undefined>;
  /** Hears what happens. */
  readonly onEvent?: (event: AuthEvent) => void;
  /** Ms before its end at which a token is refreshed. Default 300,000. */
  readonly refreshBeforeMs?: number;
  /** Ms a lease lasts unless renewed. Longer than a request of the endpoint. Default 45,000. */
  readonly leaseTtlMs?: number;
  /** Attempts at the token endpoint while it fails. Default 4. */
  readonly maxAttempts?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface LiveTokenOptions {
  /** Ends the caller's wait. */
  readonly signal?: AbortSignal | undefined;
  /** An access token that the platform refused: any other is better. */
  readonly rejected?: string | undefined;
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
  /** Refreshes pairs whose refresh token ends within the time. Default 60 days. One failing does not stop the others. */
  readonly refreshDue: (options?: { readonly withinMs?: number }) => Promise<RefreshDueReport>;
  /** Forgets what the process remembers; the store is asked again. */
  readonly invalidate: (principal: Principal) => void;
}

export interface RefreshDueReport {
  readonly refreshed: number;
  readonly failed: readonly { readonly principal: Principal; readonly error: unknown }[];
}

const rememberedAtMost = 10_000;
const holdOffMs = 10_000;

export function createTokenManager(options: TokenManagerOptions): TokenManager {
  const { endpoint, stores, companyOf, refreshBeforeMs = 300_000, leaseTtlMs = 45_000, maxAttempts = 4 } = options;
  const { clock = systemClock, random = Math.random } = options;
  const { tokens, leases } = stores;
  const emit = options.onEvent ?? ((): void => {});
  const owner = crypto.randomUUID();
  const live = new Map<string, TokenRecord>();
  const failing = new Set<string>();
  const suspended = new Set<string>();
  /** Until when a pair that could not be refreshed is used as it is. */
  const heldOff = new Map<string, number>();
  const flights = new Flights<TokenRecord>();
  const writer = new PairWriter(tokens, clock, emit);

  const isFresh = (pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord =>
    pair !== undefined && pair.accessToken !== rejected && pair.expiresAt - refreshBeforeMs > clock.now();
  const isUsable = (pair: TokenRecord | undefined, rejected?: string): pair is TokenRecord =>
    pair !== undefined && pair.accessToken !== rejected && pair.expiresAt - 5_000 > clock.now();

  function remember(pair: TokenRecord): TokenRecord {
    const key = principalKey(pair.principal);
    live.delete(key);
    live.set(key, pair);
    if (live.size > rememberedAtMost) live.delete(live.keys().next().value as string);
    return pair;
  }

  async function obtain(principal: Principal, rejected: string | undefined, force = false): Promise<TokenRecord> {
    await writer.flush(principal);
    const waiting = writer.kept(principal);
    if (!force && isFresh(waiting, rejected)) return remember(waiting);
    const stored = waiting ?? (await tokens.get(principal));
    if (!force && isFresh(stored, rejected)) return remember(stored);
    const meanwhile = async (): Promise<TokenRecord | undefined> => {
      const pair = writer.kept(principal) ?? (await tokens.get(principal));
      return isFresh(pair, rejected) || isUsable(pair, rejected) ? pair : undefined;
    };
    const name = `token/${principalKey(principal)}`;
    const wait = { leases, name, owner, ttlMs: leaseTtlMs, clock, random, meanwhile };
    return remember(await withLease(wait, () => renew(principal, rejected, force)));
  }

  /** Inside the lease: reads again, then refreshes or mints. */
  async function renew(principal: Principal, rejected: string | undefined, force: boolean): Promise<TokenRecord> {
    for (let turn = 0; turn < 5; turn += 1) {
      const stored = await tokens.get(principal);
      if (isFresh(stored, rejected) && !force) return stored;
      const kept = writer.kept(principal);
      const base = kept === undefined || stored === undefined ? stored : { ...stored, ...kept };
      const renewed =
        base?.refreshToken === undefined
          ? await mint(principal, stored)
          : await refresh({ ...base, refreshToken: base.refreshToken }, rejected);
      if (renewed !== "again") return renewed;
    }
    throw ghlError("storage", "The pair changes faster than it can be refreshed.", { reason: "unavailable" }, { principal });
  }

  async function refresh(pair: StoredToken & { refreshToken: string }, rejected: string | undefined): Promise<TokenRecord | "again"> {
    const { principal } = pair;
    const refreshTokenFingerprint = await fingerprint(pair.refreshToken);
    const attempt = pair.intent?.refreshTokenFingerprint === refreshTokenFingerprint ? pair.intent.attempt + 1 : 1;
    const noted = await tokens.recordIntent(principal, { refreshTokenFingerprint, owner, attempt }, { expectedVersion: pair.version });
    if (!noted.stored) return "again";
    const before = { ...pair, version: noted.version };
    let fresh: TokenRecord;
    try {
      fresh = await patiently(principal, () => endpoint.refresh(pair));
    } catch (error) {
      return refused(before, attempt, error, rejected);
    }
    const written = await writer.write(fresh, before);
    if (written === undefined) throw reconnectError(principal, "It was uninstalled meanwhile.");
    emit({ type: "token_refreshed", principal, expiresAt: written.expiresAt });
    return written;
  }

  /** What an answer without a new pair means. */
  async function refused(
    before: StoredToken,
    attempt: number,
    error: unknown,
    rejected: string | undefined,
  ): Promise<TokenRecord | "again"> {
    const { principal } = before;
    if (isGhlError(error, "token_revoked")) {
      const current = await tokens.get(principal);
      if (current === undefined) throw reconnectError(principal, "It was uninstalled meanwhile.", error);
      if (current.accessToken !== before.accessToken) return isUsable(current, rejected) ? current : "again";
      const lost = attempt > 1 ? " Its answer was lost when a process ended between the answer and the write." : "";
      const reason = `The platform refused the refresh token: it is used, expired or withdrawn.${lost}`;
      // A mark that cannot be stored is made by the next call, which is refused in the same way.
      const marked = await tokens.put(deadPair(before, reason), { expectedVersion: current.version }).catch(() => undefined);
      if (marked?.stored === false) return "again";
      emit({ type: "needs_reconnect", principal, reason });
      if (marked !== undefined && principal.kind === "location" && before.companyId !== undefined) return "again";
      throw reconnectError(principal, reason, error);
    }
    if (!isTransient(error) || isUnsent(error)) await tokens.clearIntent(principal, { expectedVersion: before.version });
    // What is still good until its end is better than a failed call.
    if (!isTransient(error) || !isUsable(before, rejected)) throw error;
    heldOff.set(principalKey(principal), clock.now() + holdOffMs);
    return before;
  }

  async function mint(principal: Principal, stored: StoredToken | undefined): Promise<TokenRecord | "again"> {
    const reason = deathOf(stored) ?? "There is no token of it.";
    const companyId = principal.kind === "company" ? undefined : (stored?.companyId ?? (await companyOf?.(principal)));
    if (companyId === undefined) throw reconnectError(principal, reason);
    const company: Principal = { app: principal.app, kind: "company", resource: companyId };
    if ((await tokens.get(company)) === undefined && writer.kept(company) === undefined) throw reconnectError(principal, reason);
    const pair = await liveToken(company);
    let fresh: TokenRecord;
    try {
      fresh = await patiently(principal, () => endpoint.mint(pair, principal));
    } catch (error) {
      if (!isGhlError(error, "token_expired") && !isGhlError(error, "token_revoked")) throw error;
      const other = await liveToken(company, { rejected: pair.accessToken });
      fresh = await patiently(principal, () => endpoint.mint(other, principal));
    }
    const written = await writer.write(fresh, stored);
    if (written === undefined) return "again";
    emit({ type: "token_minted", principal, expiresAt: written.expiresAt });
    return written;
  }

  /** Asks again while the token endpoint fails for reasons of its own. */
  async function patiently<Result>(principal: Principal, ask: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await ask();
        if (failing.delete(principalKey(principal))) emit({ type: "refresh_recovered", principal });
        if (suspended.delete(principalKey(principal))) emit({ type: "reactivated", principal });
        return result;
      } catch (error) {
        if (isGhlError(error, "resource_inactive")) {
          suspended.add(principalKey(principal));
          emit({ type: "suspended", principal, reason: error.message });
        }
        if (!isTransient(error)) throw error;
        if (!failing.has(principalKey(principal))) emit({ type: "refresh_failed", principal, code: error.code });
        failing.add(principalKey(principal));
        if (attempt >= maxAttempts) throw error;
        const told = isGhlError(error, "rate_burst") ? error.retryAfterMs : undefined;
        await sleep(told ?? 50 + random() * 200 * 2 ** attempt, undefined, clock);
      }
    }
  }

  function liveToken(principal: Principal, { signal, rejected }: LiveTokenOptions = {}): Promise<TokenRecord> {
    const key = principalKey(principal);
    const pair = live.get(key);
    if (isFresh(pair, rejected)) return Promise.resolve(pair);
    if (isUsable(pair, rejected) && (heldOff.get(key) ?? 0) > clock.now()) return Promise.resolve(pair);
    return awaited(principal, signal, rejected);
  }

  async function awaited(principal: Principal, signal: AbortSignal | undefined, rejected: string | undefined): Promise<TokenRecord> {
    const key = principalKey(principal);
    const before = live.get(key);
    try {
      const pair = await flights.join(key, () => obtain(principal, rejected), signal);
      // The flight that was joined may have started before this token was refused.
      return pair.accessToken === rejected ? await flights.join(key, () => obtain(principal, rejected), signal) : pair;
    } catch (error) {
      if (isGhlError(error, "storage") && isUsable(before, rejected)) return before;
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
      remember(pair);
      if (deathOf(before) !== undefined) emit({ type: "reconnected", principal });
      return;
    }
    throw ghlError("storage", "The pair of the code exchange could not be stored.", { reason: "unavailable" }, { principal });
  }

  return {
    liveToken,
    adopt,
    forget: async (principal) => {
      live.delete(principalKey(principal));
      writer.drop(principal);
      await tokens.delete(principal);
    },
    refreshDue: async ({ withinMs = 60 * 86_400_000 } = {}) => {
      let refreshed = 0;
      const failed: { principal: Principal; error: unknown }[] = [];
      for await (const { principal, refreshToken } of tokens.list({ refreshExpiringBefore: clock.now() + withinMs })) {
        if (refreshToken === undefined) continue;
        try {
          await flights.join(principalKey(principal), () => obtain(principal, undefined, true));
          refreshed += 1;
        } catch (error) {
          failed.push({ principal, error });
        }
      }
      return { refreshed, failed };
    },
    invalidate: (principal) => void live.delete(principalKey(principal)),
  };
}
