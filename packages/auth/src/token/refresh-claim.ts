import { ghlError, type Principal } from "@ghlkit/core";
import type { RefreshIntent, StoredToken, TokenRecord } from "@ghlkit/storage";
import { fingerprint } from "./fingerprint.ts";
import type { RenewalParts } from "./renewal-parts.ts";
import { silenceMs } from "./silence.ts";

export type RefreshablePair = StoredToken & { readonly refreshToken: string };

/** The right to use a refresh token: its intent stands in the store under this process. */
export interface Claim {
  readonly type: "claimed";
  readonly pair: RefreshablePair;
  readonly fingerprint: string;
  readonly attempt: number;
  /** Version of the record with the intent. */
  readonly version: number;
}

/** How much a new pair is needed. */
export interface Need {
  /** The access token is about to end, has ended, or was refused. */
  readonly isUrgent: boolean;
  /** The access token still works. */
  readonly isUsable: boolean;
}

/** Why a refresh token may not be used now. */
export type ClaimResult =
  | Claim
  /** The record changed meanwhile. */
  | { readonly type: "again" }
  /** Its first use has no known outcome, and the access token still works. */
  | { readonly type: "stuck"; readonly intent: RefreshIntent }
  /** The same, the access token is about to end, and the owner of the intent may be alive: look again soon. */
  | { readonly type: "wait"; readonly waitMs: number }
  /** The attempt near the end has no known outcome either: not before so long. */
  | { readonly type: "paused"; readonly waitMs: number };

/** After a failure of its own, a process that needs the token at once tries it again after this pause. */
const ownPauseMs = 1_000;
/** Pause before a third use and those after it, doubled each time. Only an access token that has ended gets there. */
const laterPauseMs = { first: 30_000, longest: 3_600_000 };

/**
 * Notes that this process is about to use a refresh token. A token that may have been used already is left alone while its access token
 * works; near the end of that it is claimed once more, after its owner was silent for as long as a lease lasts.
 */
export async function claimRefresh(
  parts: RenewalParts,
  spent: ReadonlySet<string>,
  pair: RefreshablePair,
  { isUrgent, isUsable }: Need,
): Promise<ClaimResult> {
  const { tokens, owner, watch } = parts;
  const { principal } = pair;
  const mark = await fingerprint(pair.refreshToken);
  const intent = pair.intent?.refreshTokenFingerprint === mark ? pair.intent : undefined;
  // Own intents whose request never left are as good as none.
  const mayBeUsed = intent !== undefined && !(intent.owner === owner() && !spent.has(mark));
  if (intent !== undefined && mayBeUsed) {
    const { quietMs, knownMs } = watch.sample(principal, intent);
    // Near its end it is tried once; after that the access token has to end first, for until then there is something to lose.
    if (!isUrgent || (isUsable && intent.attempt >= 2)) return { type: "stuck", intent };
    const pausedMs = pauseMs(intent) - knownMs;
    if (pausedMs > 0) return { type: "paused", waitMs: pausedMs };
    const waitMs = (intent.owner === owner() ? ownPauseMs : silenceMs(parts.leaseTtlMs)) - quietMs;
    if (waitMs > 0) return { type: "wait", waitMs };
  }
  const attempt = (intent?.attempt ?? 0) + (intent === undefined || mayBeUsed ? 1 : 0);
  const noted = await tokens.recordIntent(
    principal,
    { refreshTokenFingerprint: mark, owner: owner(), attempt },
    { expectedVersion: pair.version },
  );
  return noted.stored ? { type: "claimed", pair, fingerprint: mark, attempt, version: noted.version } : { type: "again" };
}

function pauseMs({ attempt }: RefreshIntent): number {
  return attempt < 2 ? 0 : Math.min(laterPauseMs.longest, laterPauseMs.first * 2 ** (attempt - 2));
}

/** The last look before the request leaves: another process may have taken over since the intent was noted. */
export function departureCheck({ tokens, clock, leaseTtlMs }: RenewalParts, claim: Claim, onLeave: () => void): () => Promise<void> {
  const now = (): number => clock.monotonic?.() ?? clock.now();
  let knownAt = now();
  return async () => {
    while (now() - knownAt > leaseTtlMs / 3) {
      const askedAt = now();
      const current = await tokens.get(claim.pair.principal);
      if (current?.version !== claim.version) throw superseded(claim.pair);
      knownAt = askedAt;
    }
    onLeave();
  };
}

function superseded({ principal }: { readonly principal: Principal }): Error {
  const message = "The token request was not sent: another process took the refresh over while this one waited.";
  return ghlError("storage", message, { reason: "busy" }, { principal });
}

/** The error of a call that needs a token whose refresh is stuck. Nothing was sent. */
export function stuckError({ principal }: TokenRecord, waitMs: number): Error {
  const message =
    `The access token has ended, and the refresh token may have been used by a process that stopped or by a request whose answer was lost. ` +
    `It is tried again in ${Math.ceil(waitMs / 1000)} s.`;
  return ghlError("network", message, { sent: false }, { principal });
}
