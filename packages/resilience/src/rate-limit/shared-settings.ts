import type { RateWindow } from "@ghlkit/storage";
import type { BucketSettings } from "./bucket-state.ts";

/** How {@link SharedRateOptions} stand after their defaults. */
export interface SharedSettings extends BucketSettings {
  readonly window: RateWindow;
  readonly leaseMs: number;
  readonly storeTimeoutMs: number;
  /** Calls per window of this process while the shared window cannot be reached. */
  readonly fallbackLimit: number;
}

/** How long answers are gathered before they are reported: short against the window, which begins anew for a slot then. */
export function gatherMs(windowMs: number): number {
  return Math.min(20, Math.max(1, Math.trunc(windowMs / 1000)));
}

/** Least time between two questions of one process. */
export function pollMs(windowMs: number): number {
  return Math.min(100, Math.max(2, Math.trunc(windowMs / 100)));
}
