import type { OAuth } from "@ghlkit/auth";
import { createClient, createPipeline, type CallOrigin, type Client, type Pipeline } from "@ghlkit/client";
import { createClient as createV2Client, type Client as V2Client } from "@ghlkit/client/v2";
import {
  ghlError,
  systemClock,
  withLogging,
  type BaseUrlOptions,
  type CallEvent,
  type Clock,
  type Layer,
  type Logger,
  type TransportOptions,
} from "@ghlkit/core";
import {
  referenceData,
  withCache,
  withCircuitBreaker,
  withCollapsing,
  withDeadline,
  withRateLimit,
  withRetry,
  type CacheLayer,
  type CircuitBreakerLayer,
  type CircuitBreakerOptions,
  type RateLimitLayer,
  type RateLimitOptions,
  type RetryOptions,
} from "@ghlkit/resilience";
import type { Stores } from "@ghlkit/storage";
import { accessOf, type GhlAccess, type GhlAppAccess } from "./access.ts";
import { createDrain, type CloseOptions } from "./drain.ts";
import type { GhlTelemetry } from "./telemetry/ghl-telemetry.ts";

/** Settings of {@link createGhl} besides access. */
export interface GhlSettings extends BaseUrlOptions, TransportOptions {
  /** Default: the platform. Plain `http:` only on loopback. */
  readonly baseUrl?: string;
  /** Milliseconds one attempt may take, body included. Default 30,000. */
  readonly timeoutMs?: number;
  /** Milliseconds a call may take in all, waits and retries included. Default: no limit. */
  readonly totalMs?: number;
  /** Rate limit. Default: 100 calls per 10 s and location or company, corrected by the platform's rate headers. */
  readonly limits?: RateLimitOptions;
  /**
   * A rate limit that others use, too, such as credentials of your own for their calls. It comes with its settings: `limits` beside it are
   * refused, and `storage` does not meter; give it `window: storage.rates` where processes share it. Default: one made of `limits` and
   * `storage`.
   */
  readonly limiter?: RateLimitLayer;
  /**
   * What processes share. With it the rate limit is kept across all of them that use the same, unless `limiter` is given, and an app's
   * tokens and installations are.
   * Default: none, and nothing is written. It stays open when the client is closed. `openStorage()` of `ghlkit/node` makes one.
   */
  readonly storage?: Pick<Stores, "rates">;
  /** Default: up to 4 attempts, where that is safe. `windowMs` is that of `limits`. */
  readonly retry?: RetryOptions;
  /** Default: opens after 10 failures in a row, for 10 s. */
  readonly breaker?: CircuitBreakerOptions;
  /**
   * Operation id → how long its answers may be used again, in ms. `false` caches nothing. Default: reference data, five minutes. A write of
   * this client drops what is kept of its service (the id up to the dot) for its location or company. Others' writes are not noticed: read
   * with `{ fresh: true }`, or call `cache.invalidate()`.
   */
  readonly cacheMs?: Readonly<Record<string, number>> | false;
  /** Time for everything: timeouts, limits, retries, cache, tokens. A storage has its own option of the name. Default: the machine's clock. */
  readonly clock?: Clock;
  /** pino, console and their like. Default: none. */
  readonly logger?: Logger;
  /** Receives the events of the layers of every call. What it throws is reported as an uncaught error and never reaches the call. */
  readonly onEvent?: (event: CallEvent, call: CallOrigin) => void;
  /** Spans and metrics of calls and tokens: `createTelemetry()` of `ghlkit/telemetry`. Default: none. */
  readonly telemetry?: GhlTelemetry;
  /** Layers of your own, outside all others. */
  readonly layers?: readonly Layer[];
}

/** Options of {@link createGhl}. */
export type GhlOptions = GhlAccess & GhlSettings;

/** Options of {@link createGhl} for a marketplace app. */
export type GhlAppOptions = GhlAppAccess & GhlSettings;

/** A client with everything around it. */
export interface Ghl extends Client {
  /** v2 (`Version: 2021-07-28` and older), through the same pipeline. */
  readonly v2: V2Client;
  readonly pipeline: Pipeline;
  /** `inspect(principal)` returns the queue, the next slot and what is left of window and day. */
  readonly limiter: RateLimitLayer;
  readonly breaker: CircuitBreakerLayer;
  /** `undefined` when nothing is cached. */
  readonly cache: CacheLayer | undefined;
  /** Takes no further calls, and resolves when those under way have ended, or have been aborted because their time is up. */
  readonly close: (options?: CloseOptions) => Promise<void>;
}

/** The client of a marketplace app: calls are made on `location(id)` and `company(id)`. */
export interface GhlOfApp extends Ghl {
  /** Installations, tokens and the exchange of codes. */
  readonly auth: OAuth;
}

/**
 * Puts client, credentials, rate limit, retry, breaker, deadline, cache and logging together, in the order that makes them
 * right: every attempt is metered, waits are no failures, and a cached answer costs nothing.
 *
 * @throws GhlError `invalid_request` for a token or id that cannot be one, or `limits` beside a `limiter`; TypeError for a base URL that cannot be used.
 */
export function createGhl(options: GhlAppOptions): GhlOfApp;
export function createGhl(options: GhlOptions): Ghl;
export function createGhl(options: GhlOptions): Ghl & { readonly auth: OAuth | undefined } {
  const { clock = systemClock } = options;
  const drain = createDrain(clock);
  const cache = options.cacheMs === false ? undefined : withCache({ ttlMs: options.cacheMs ?? referenceData, clock });
  const limiter = limiterOf(options);
  const breaker = withCircuitBreaker({ clock, ...options.breaker });
  const { credentials, auth } = accessOf(options, {
    limiter,
    clock,
    telemetry: options.telemetry,
    baseUrl: options.baseUrl,
    allowInsecureHttpForTests: options.allowInsecureHttpForTests,
    fetch: options.fetch,
    transport: options.transport,
  });
  const pipeline = createPipeline({
    credentials,
    clock,
    layers: [
      ...(options.telemetry === undefined ? [] : [options.telemetry.calls]),
      ...(options.layers ?? []),
      withLogging(options.logger, { clock }),
      drain.gate,
      withDeadline({ clock, ...(options.totalMs === undefined ? {} : { totalMs: options.totalMs }) }),
      ...(cache === undefined ? [] : [cache]),
      withCollapsing({ clock }),
      drain.count,
      withRetry(retryOf(options)),
      // Outside the limiter: the repetition after a refused token takes a slot of its own.
      ...(credentials.repeat === undefined ? [] : [credentials.repeat]),
      limiter,
      breaker,
    ],
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
    allowInsecureHttpForTests: options.allowInsecureHttpForTests,
    fetch: options.fetch,
    transport: options.transport,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
  });
  return Object.assign(createClient({ pipeline }), {
    v2: createV2Client({ pipeline }),
    pipeline,
    auth,
    limiter,
    breaker,
    cache,
    close: async (within?: CloseOptions) => {
      await drain.close(within);
      await limiter.flush();
    },
  });
}

/** @throws GhlError `invalid_request` for settings that would have no effect. */
function limiterOf({ limiter, limits, storage, clock = systemClock }: GhlSettings): RateLimitLayer {
  const window = limits?.window ?? storage?.rates;
  if (limiter === undefined) return withRateLimit({ clock, ...limits, ...(window === undefined ? {} : { window }) });
  if (limits === undefined) return limiter;
  throw ghlError("invalid_request", "createGhl: limits have no effect beside limiter; give them to the withRateLimit() that made it.", {});
}

/** One window for the limiter and for the wait after a 429. */
function retryOf({ limits, retry, clock = systemClock }: GhlSettings): RetryOptions {
  return { clock, ...(limits?.windowMs === undefined ? {} : { windowMs: limits.windowMs }), ...retry };
}
