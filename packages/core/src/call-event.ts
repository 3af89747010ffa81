import type { RateState } from "./rate-state.ts";

/**
 * What layers report while a call is under way, by `type`. Every failure event has its recovery event. A layer of your own adds its events:
 *
 *     declare module "@ghlkit/core" {
 *       interface CallEvents {
 *         "acme.slow": { readonly tookMs: number };
 *       }
 *     }
 */
export interface CallEvents {
  readonly queued: { readonly depth: number; readonly waitMs: number };
  readonly granted: { readonly waitedMs: number };
  /** An attempt leaves for the network. */
  readonly sent: { readonly attempt: number };
  readonly rate: { readonly rate: RateState };
  /** The platform refused a call: all calls of its bucket are held for `retryAfterMs`. Its recovery is `resumed`. */
  readonly throttled: { readonly retryAfterMs: number; readonly daily: boolean };
  readonly resumed: { readonly throttledForMs: number };
  /** Ends with `recovered` or with `gave_up`. */
  readonly retrying: { readonly attempt: number; readonly delayMs: number; readonly reason: string };
  readonly recovered: { readonly attempts: number };
  /** No other attempt follows: the last one failed as well, the call was refused or aborted meanwhile, or the budget for retries is used up. */
  readonly gave_up: { readonly attempts: number; readonly reason: string };
  /** The shared rate window cannot be reached: this process goes on with `limit` calls per window. Its recovery is `store_recovered`. */
  readonly store_unavailable: { readonly reason: string; readonly limit: number };
  readonly store_recovered: { readonly downMs: number };
  /** The breaker of a host opened: calls to it are refused for `openMs`. Its recovery is `closed`. */
  readonly opened: { readonly host: string; readonly openMs: number; readonly reason: string };
  readonly closed: { readonly host: string };
  /** The answer came from another call under way. */
  readonly collapsed: object;
  /** The answer came from the cache. */
  readonly cached: { readonly ageMs: number };
}

/** One event; `switch (event.type)` narrows. */
export type CallEvent = { [Type in keyof CallEvents]: { readonly type: Type } & CallEvents[Type] }[keyof CallEvents];
