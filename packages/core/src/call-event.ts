import type { RateState } from "./rate-state.ts";

/** What layers report while a call is under way. Every failure event has its recovery event. */
export type CallEvent =
  | { readonly type: "queued"; readonly depth: number; readonly waitMs: number }
  | { readonly type: "granted"; readonly waitedMs: number }
  /** An attempt leaves for the network. */
  | { readonly type: "sent"; readonly attempt: number }
  | { readonly type: "rate"; readonly rate: RateState }
  /** The platform refused a call: none of its bucket goes for so long. Its recovery is `resumed`. */
  | { readonly type: "throttled"; readonly retryAfterMs: number; readonly daily: boolean }
  | { readonly type: "resumed"; readonly throttledForMs: number }
  /** Ends with `recovered` or with `gave_up`. */
  | { readonly type: "retrying"; readonly attempt: number; readonly delayMs: number; readonly reason: string }
  | { readonly type: "recovered"; readonly attempts: number }
  /** No other attempt follows: the last one failed as well, the call was refused or aborted meanwhile, or the budget for retries is used up. */
  | { readonly type: "gave_up"; readonly attempts: number; readonly reason: string }
  /** The shared rate window cannot be reached: this process goes on with `limit` calls per window. Its recovery is `store_recovered`. */
  | { readonly type: "store_unavailable"; readonly reason: string; readonly limit: number }
  | { readonly type: "store_recovered"; readonly downMs: number }
  /** The breaker of a host opened: calls to it are refused for `openMs`. Its recovery is `closed`. */
  | { readonly type: "opened"; readonly host: string; readonly openMs: number; readonly reason: string }
  | { readonly type: "closed"; readonly host: string }
  /** The answer came from another call under way (`collapsed`) or from the cache (`cached`). */
  | { readonly type: "collapsed" }
  | { readonly type: "cached"; readonly ageMs: number };
