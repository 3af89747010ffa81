import { isGhlError } from "@ghlkit/core";
import type { StoredToken, TokenRecord } from "@ghlkit/storage";
import { deadPair, reconnectError } from "./dead-pair.ts";
import { fingerprint } from "./fingerprint.ts";
import type { TokenParts } from "./token-parts.ts";
import { isTransient, isUnsent } from "./transient.ts";

/** What became of a pair: a live one, or something changed in between and the store has to be read again. */
export type Renewed = TokenRecord | "again";

export type RefreshPair = (pair: StoredToken & { readonly refreshToken: string }, rejected: string | undefined) => Promise<Renewed>;

/** Refreshes a pair, inside the lease of its resource: notes the intent, asks, writes. */
export function createRefresh(parts: TokenParts): RefreshPair {
  const { endpoint, tokens, writer, patiently, emit, owner } = parts;
  return async (pair, rejected) => {
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
      return isGhlError(error, "token_revoked")
        ? refused(parts, { before, attempt, error, rejected })
        : failed(parts, before, error, rejected);
    }
    const written = await writer.write(fresh, before);
    if (written === undefined) throw reconnectError(principal, "It was uninstalled meanwhile.");
    emit({ type: "token_refreshed", principal, expiresAt: written.expiresAt });
    return written;
  };
}

interface Refusal {
  readonly before: StoredToken;
  readonly attempt: number;
  readonly error: unknown;
  readonly rejected: string | undefined;
}

/** The refresh token is dead: somebody else used it and has the next pair, or nobody has one. */
async function refused({ tokens, pairs, emit }: TokenParts, { before, attempt, error, rejected }: Refusal): Promise<Renewed> {
  const { principal } = before;
  const current = await tokens.get(principal);
  if (current === undefined) throw reconnectError(principal, "It was uninstalled meanwhile.", error);
  if (current.accessToken !== before.accessToken) return pairs.isUsable(current, rejected) ? current : "again";
  const lost = attempt > 1 ? " Its answer was lost when a process ended between the answer and the write." : "";
  const reason = `The platform refused the refresh token: it is used, expired or withdrawn.${lost}`;
  // A mark that cannot be stored is made by the next call, which is refused in the same way.
  const marked = await tokens.put(deadPair(before, reason), { expectedVersion: current.version }).catch(() => undefined);
  if (marked?.stored === false) return "again";
  emit({ type: "needs_reconnect", principal, reason });
  if (marked !== undefined && principal.kind === "location" && before.companyId !== undefined) return "again";
  throw reconnectError(principal, reason, error);
}

/** The grant is as good as before. */
async function failed(
  { tokens, pairs, holdOff }: TokenParts,
  before: StoredToken,
  error: unknown,
  rejected: string | undefined,
): Promise<Renewed> {
  const { principal } = before;
  if (!isTransient(error) || isUnsent(error)) await tokens.clearIntent(principal, { expectedVersion: before.version });
  // What is still good until its end is better than a failed call.
  if (!isTransient(error) || !pairs.isUsable(before, rejected)) throw error;
  holdOff(principal);
  return before;
}
