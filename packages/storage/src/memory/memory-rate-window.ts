import { systemClock } from "@ghlkit/core";
import { exchangeRate } from "../engine/rate-exchange.ts";
import { newRateState, type RateState } from "../engine/rate-state.ts";
import { rateWindowOn } from "../engine/rate-window-on.ts";
import type { RateWindow } from "../rate-window.ts";
import type { MemoryOptions } from "./memory-options.ts";

/** Rate windows in the memory of this process. */
export function createMemoryRateWindow({ clock = systemClock }: MemoryOptions = {}): RateWindow {
  const buckets = new Map<string, RateState>();
  return rateWindowOn(async (bucket, request) => {
    const now = Math.trunc(clock.now());
    const state = buckets.get(bucket) ?? newRateState(now);
    buckets.set(bucket, state);
    return exchangeRate(state, request, now);
  });
}
