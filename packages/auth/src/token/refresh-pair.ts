import { isGhlError } from "@ghlkit/core";
import type { StoredToken, TokenRecord } from "@ghlkit/storage";
import { deadPair, reconnectError } from "./dead-pair.ts";
import { claimRefresh, departureCheck, stuckError, type Claim, type RefreshablePair } from "./refresh-claim.ts";
import { mayHaveActed } from "./request-outcome.ts";
import type { RenewalParts } from "./renewal-parts.ts";

/**
 * What became of a pair: a live one; `again`: something changed in between and the store has to be read again; `unchanged`: it works on as
 * it is and cannot be renewed now; `waitMs`: it cannot be renewed yet, look again in so many ms.
 */
export type Renewed = TokenRecord | "again" | { readonly unchanged: TokenRecord } | { readonly waitMs: number };

export type RefreshPair = (pair: RefreshablePair, rejected: string | undefined) => Promise<Renewed>;

/** Refreshes a pair, inside the lease of its resource: notes the intent, asks, writes. */
export function createRefresh(parts: RenewalParts): RefreshPair {
  const { pairs, writer, emit, stuck, watch } = parts;
  /** Refresh tokens that left this process, by fingerprint, while their outcome is not known. */
  const spent = new Set<string>();
  /** Refresh tokens that the platform refused and whose mark could not be stored. */
  const refusals = new Map<string, unknown>();

  return async (pair, rejected) => {
    const { principal } = pair;
    const isUrgent = !pairs.isCalm(pair, rejected);
    const claim = await claimRefresh(parts, spent, pair, { isUrgent, isUsable: pairs.isUsable(pair, rejected) });
    if (claim.type === "again") return "again";
    if (claim.type === "stuck") return reportStuck(parts, pair, claim.intent);
    if (claim.type === "paused") throw stuckError(pair, claim.waitMs);
    if (claim.type === "wait") return { waitMs: claim.waitMs };
    const before = { ...pair, version: claim.version };
    const refusal = refusals.get(claim.fingerprint);
    if (refusal !== undefined) return refused(parts, { before, claim, error: refusal, rejected });
    let fresh: TokenRecord;
    try {
      fresh = await send(parts, claim, isUrgent, spent);
    } catch (error) {
      if (!isGhlError(error, "token_revoked")) return failed(parts, { before, claim, error, rejected, spent });
      refusals.set(claim.fingerprint, error);
      const outcome = await refused(parts, { before, claim, error, rejected });
      refusals.delete(claim.fingerprint);
      return outcome;
    }
    const written = await writer.write(fresh, before);
    spent.delete(claim.fingerprint);
    watch.forget(principal);
    if (written === undefined) throw reconnectError(principal, "It was uninstalled meanwhile.");
    stuck.resolved(principal);
    emit({ type: "token_refreshed", principal, expiresAt: written.expiresAt });
    return written;
  };
}

/** Sends the refresh; again only after failures that certainly left the refresh token unused. */
function send(parts: RenewalParts, claim: Claim, isUrgent: boolean, spent: Set<string>): Promise<TokenRecord> {
  const { endpoint, request, departures } = parts;
  const { pair } = claim;
  let left = 0;
  const leave = (): void => {
    left += 1;
    spent.add(claim.fingerprint);
  };
  const ask = async (): Promise<TokenRecord> => {
    left = 0;
    if (departures === undefined) leave();
    try {
      return await endpoint.refresh(pair);
    } catch (error) {
      // A layer of the app may have sent it more than once: the last failure says nothing of the others.
      if (left <= 1 && !mayHaveActed(error)) spent.delete(claim.fingerprint);
      throw error;
    }
  };
  const repeats = { ...(isUrgent ? {} : { maxAttempts: 1 }), mayRepeat: () => !spent.has(claim.fingerprint) };
  const work = (): Promise<TokenRecord> => request(pair.principal, ask, repeats);
  return departures === undefined ? work() : departures.during(pair.principal, departureCheck(parts, claim, leave), work);
}

/** The pair still works: there are hours to look after the process that stopped. */
function reportStuck(
  { pairs, stuck, watch, leaseTtlMs, owner, backOff, clock }: RenewalParts,
  pair: StoredToken,
  intent: NonNullable<StoredToken["intent"]>,
): Renewed {
  const { principal } = pair;
  const { knownMs } = watch.sample(principal, intent);
  // The store's clock and this one may be a minute apart.
  const isOld = knownMs >= leaseTtlMs || clock.now() - intent.at >= leaseTtlMs + 60_000;
  if (intent.owner === owner() || isOld) stuck.report(principal, intent, pairs.urgentAt(pair));
  backOff.fail(principal, { error: undefined, pair }, "calm");
  return { unchanged: pair };
}

interface Ended {
  readonly before: StoredToken;
  readonly claim: Claim;
  readonly error: unknown;
  readonly rejected: string | undefined;
}

/** The refresh token is dead: another process used it and has the next pair, or its answer was lost. */
async function refused({ tokens, pairs, emit }: RenewalParts, { before, claim, error, rejected }: Ended): Promise<Renewed> {
  const { principal } = before;
  const current = await tokens.get(principal);
  if (current === undefined) throw reconnectError(principal, "It was uninstalled meanwhile.", error);
  if (current.accessToken !== before.accessToken) return pairs.isUsable(current, rejected) ? current : "again";
  const lost = claim.attempt > 1 ? " An earlier answer was lost: the process that used it stopped, or its connection broke." : "";
  const reason = `The platform refused the refresh token: it is used, expired or withdrawn.${lost}`;
  // A mark that cannot be stored is made later; the platform is not asked again.
  const marked = await tokens.put(deadPair(before, reason), { expectedVersion: current.version }).catch(() => undefined);
  if (marked?.stored === false) return "again";
  emit({ type: "needs_reconnect", principal, reason });
  if (marked !== undefined && principal.kind === "location" && before.companyId !== undefined) return "again";
  throw reconnectError(principal, reason, error);
}

/** No new pair. The old one is as good as before, unless the request may have had its effect. */
async function failed(parts: RenewalParts, ended: Ended & { readonly spent: ReadonlySet<string> }): Promise<Renewed> {
  const { tokens, watch, pairs, stuck, owner } = parts;
  const { before, claim, error, rejected, spent } = ended;
  const { principal } = before;
  if (!spent.has(claim.fingerprint)) {
    // The intent of an earlier use stays: what became of that is still not known.
    const cleared = claim.attempt === 1 ? tokens.clearIntent(principal, { expectedVersion: before.version }) : undefined;
    // Taken over by another process meanwhile: what that has made of it decides.
    if ((await cleared?.catch(() => undefined))?.stored === false) return "again";
    throw error;
  }
  const intent = { refreshTokenFingerprint: claim.fingerprint, owner: owner(), attempt: claim.attempt, at: parts.clock.now() };
  watch.sample(principal, intent);
  if (pairs.isCalm(before, rejected)) stuck.report(principal, intent, pairs.urgentAt(before));
  // A call that needs the token now tries it once more after a pause.
  if (claim.attempt === 1 && !pairs.isUsable(before, rejected)) return "again";
  throw error;
}
