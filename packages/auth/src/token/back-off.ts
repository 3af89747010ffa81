import { principalKey, isGhlError, monotonicNow, type Clock, type Principal } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import { isSamePair } from "./same-pair.ts";

/** A pair that could not be renewed, and why. */
export interface Failure {
  readonly error: unknown;
  readonly pair: TokenRecord | undefined;
}

interface Pause extends Failure {
  readonly failures: number;
  readonly until: number;
}

/** First and longest pause in ms: while the access token still works, and when calls fail for want of one. */
const pauses = { calm: { first: 10_000, longest: 300_000 }, urgent: { first: 1_000, longest: 60_000 } } as const;

export type Urgency = keyof typeof pauses;

/** The longest that a limit of the token endpoint is believed: an hour. */
const longestRetryAfterMs = 3_600_000;

/** Leaves the token endpoint alone for a while after a failure: a pair that cannot be renewed is not tried at every call. */
export class BackOff {
  readonly #pauses = { calm: new Map<string, Pause>(), urgent: new Map<string, Pause>() };
  /** Resources for which the platform was asked since their last outcome. */
  readonly #requested = new Set<string>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The platform is asked for a token of the resource. */
  noteRequest(principal: Principal): void {
    this.#requested.add(principalKey(principal));
  }

  /** Whether the platform was asked since the last call of this. */
  wasRequested(principal: Principal): boolean {
    return this.#requested.delete(principalKey(principal));
  }

  /** Begins a pause, twice as long as the one before. */
  fail(principal: Principal, { error, pair }: Failure, urgency: Urgency): void {
    const key = principalKey(principal);
    const failures = (this.#pauses[urgency].get(key)?.failures ?? 0) + 1;
    const { first, longest } = pauses[urgency];
    const retryAfterMs = isGhlError(error, "rate_burst") ? Math.min(error.retryAfterMs ?? 0, longestRetryAfterMs) : 0;
    const pauseMs = Math.max(retryAfterMs, Math.min(longest, first * 2 ** (failures - 1)));
    this.#pauses[urgency].set(key, { error, pair, failures, until: monotonicNow(this.#clock) + pauseMs });
  }

  /** The failure whose pause lasts, as long as the same pair stands in the store. */
  during(principal: Principal, pair: TokenRecord | undefined, urgency: Urgency): Failure | undefined {
    const pause = this.#pauses[urgency].get(principalKey(principal));
    if (pause === undefined || pause.until <= monotonicNow(this.#clock)) return undefined;
    const isSame = pair === undefined || pause.pair === undefined ? pair === pause.pair : isSamePair(pair, pause.pair);
    return isSame ? pause : undefined;
  }

  /** Whether a pause of a pair that still works lasts. */
  isCalmPause(principal: Principal): boolean {
    return (this.#pauses.calm.get(principalKey(principal))?.until ?? -Infinity) > monotonicNow(this.#clock);
  }

  clear(principal: Principal): void {
    const key = principalKey(principal);
    this.#pauses.calm.delete(key);
    this.#pauses.urgent.delete(key);
  }
}
