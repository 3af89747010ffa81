import type { RateState } from "./rate-state.ts";

/** What layers report while a call is under way. Every failure event has its recovery event. */
export type CallEvent =
  | { readonly type: "queued"; readonly depth: number; readonly waitMs: number }
  | { readonly type: "granted"; readonly waitedMs: number }
  | { readonly type: "rate"; readonly rate: RateState }
  | { readonly type: "throttled"; readonly retryAfterMs: number; readonly daily: boolean }
  | { readonly type: "retrying"; readonly attempt: number; readonly delayMs: number; readonly reason: string }
  | { readonly type: "recovered"; readonly attempts: number };
