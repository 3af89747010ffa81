import { ghlError, type Clock, type Principal } from "@ghlkit/core";
import type { LeaseStore, Stores, TokenStore } from "@ghlkit/storage";
import type { TokenEndpoint } from "../endpoint/token-endpoint.ts";
import type { AuthEvent } from "./auth-event.ts";
import { BackOff } from "./back-off.ts";
import type { DepartureChecks } from "./departure-checks.ts";
import { IntentWatch } from "./intent-watch.ts";
import { LivePairs } from "./live-pairs.ts";
import type { PairLifeOptions } from "./pair-life.ts";
import { PairWriter } from "./pair-writer.ts";
import { silenceMs } from "./silence.ts";
import { StuckRefreshes } from "./stuck-refreshes.ts";
import { Suspensions } from "./suspensions.ts";
import { createTokenRequest, type TokenRequest } from "./token-request.ts";

/** What renewing a pair works with, by refresh or by mint. */
export interface RenewalParts {
  readonly endpoint: TokenEndpoint;
  readonly tokens: TokenStore;
  readonly leases: LeaseStore;
  readonly pairs: LivePairs;
  readonly writer: PairWriter;
  readonly request: TokenRequest;
  readonly emit: (event: AuthEvent) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly leaseTtlMs: number;
  /** Names this process in intents and leases. Made when first asked for: construction draws no random number. */
  readonly owner: () => string;
  readonly backOff: BackOff;
  readonly watch: IntentWatch;
  readonly stuck: StuckRefreshes;
  readonly departures: DepartureChecks | undefined;
}

export interface RenewalOptions extends Partial<PairLifeOptions> {
  readonly endpoint: TokenEndpoint;
  readonly stores: Pick<Stores, "tokens" | "leases">;
  /**
   * Ms a lease lasts unless renewed, which a living process does three times as often.
   * @default 15_000
   */
  readonly leaseTtlMs?: number;
  /**
   * Ms for which a token is used from memory without a look into the store.
   * @default 5_000
   */
  readonly recheckMs?: number;
  /**
   * Attempts at the token endpoint while it fails.
   * @default 4
   */
  readonly maxAttempts?: number;
  /** Shared with what else finds out that a resource is paused. */
  readonly suspensions?: Suspensions;
  /**
   * Among the layers of the endpoint, innermost.
   * @default none
   */
  readonly departures?: DepartureChecks;
}

/** What {@link createRenewalParts} takes from the token manager. */
export interface RenewalRuntime {
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: AuthEvent) => void;
}

/** @throws GhlError `invalid_request` for a number out of range. */
export function createRenewalParts(options: RenewalOptions, { clock, random, emit }: RenewalRuntime): RenewalParts {
  const { endpoint, stores, departures, refreshBeforeMs = 300_000, renewAtHalfLife = true } = options;
  const { leaseTtlMs = 15_000, recheckMs = 5_000, maxAttempts = 4, suspensions = new Suspensions(emit) } = options;
  if (!(Number.isSafeInteger(leaseTtlMs) && leaseTtlMs > 0))
    throw ghlError("invalid_request", "leaseTtlMs must be a whole number of milliseconds above 0.", {});
  if (!(recheckMs >= 0)) throw ghlError("invalid_request", "recheckMs must not be negative.", {});
  const { tokens, leases } = stores;
  const backOff = new BackOff(clock);
  const onRequest = (principal: Principal): void => backOff.noteRequest(principal);
  let owner: string | undefined;
  return {
    endpoint,
    tokens,
    leases,
    pairs: new LivePairs({ clock, refreshBeforeMs, renewAtHalfLife, recheckMs }),
    writer: new PairWriter(tokens, clock, emit),
    request: createTokenRequest({ emit, clock, random, maxAttempts, suspensions, onRequest }),
    emit,
    clock,
    random,
    leaseTtlMs,
    owner: () => (owner ??= crypto.randomUUID()),
    backOff,
    watch: new IntentWatch(clock, silenceMs(leaseTtlMs)),
    stuck: new StuckRefreshes(emit),
    departures,
  };
}
