import { principalKey, isGhlError, sleep, type Clock, type GhlError, type Principal } from "@ghlkit/core";
import type { AuthEvent } from "./auth-event.ts";
import { isTransient } from "./request-outcome.ts";
import type { Suspensions } from "./suspensions.ts";

export interface RequestRepeats {
  /**
   * Attempts in all.
   * @default those of the manager
   */
  readonly maxAttempts?: number;
  /**
   * Whether a failed request may be sent again.
   * @default every one that failed for a reason of the endpoint's own
   */
  readonly mayRepeat?: (error: unknown) => boolean;
}

/** Asks the token endpoint, and again while it fails for reasons of its own. */
export type TokenRequest = <Result>(principal: Principal, ask: () => Promise<Result>, repeats?: RequestRepeats) => Promise<Result>;

export interface TokenRequestOptions {
  readonly emit: (event: AuthEvent) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly maxAttempts: number;
  readonly suspensions: Suspensions;
  /** Called before each request. */
  readonly onRequest: (principal: Principal) => void;
}

/** Reports the first failure of a resource and its recovery, not every attempt between. */
export function createTokenRequest({ emit, clock, random, maxAttempts: most, suspensions, onRequest }: TokenRequestOptions): TokenRequest {
  const failing = new Set<string>();

  function report(principal: Principal, error: unknown): void {
    if (isGhlError(error, "resource_inactive")) suspensions.paused(principal, error.message);
    if (!isTransient(error)) return;
    const key = principalKey(principal);
    if (!failing.has(key)) emit({ type: "refresh_failed", principal, code: error.code });
    failing.add(key);
  }

  return async (principal, ask, { maxAttempts = most, mayRepeat = isTransient } = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        onRequest(principal);
        const result = await ask();
        if (failing.delete(principalKey(principal))) emit({ type: "refresh_recovered", principal });
        suspensions.works(principal);
        return result;
      } catch (error) {
        report(principal, error);
        if (!isTransient(error) || !mayRepeat(error) || attempt >= maxAttempts) throw error;
        const waitMs = pauseMs(error, attempt, random());
        if (waitMs > longestPauseMs) throw error;
        await sleep(waitMs, undefined, clock);
      }
    }
  };
}

/** A call does not wait longer than this for one more attempt: it fails with what the platform said. */
const longestPauseMs = 30_000;

/** The platform seldom says how long a limit lasts: its window is ten seconds, which all attempts together outlast. */
function pauseMs(error: GhlError, attempt: number, random: number): number {
  if (isGhlError(error, "rate_burst")) return error.retryAfterMs ?? 4_000 + random * 1_000;
  return 50 + random * 200 * 2 ** attempt;
}
