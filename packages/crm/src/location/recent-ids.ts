import { monotonicNow, type Clock } from "@ghlkit/core";

/** Ids of what was created a moment ago, by key: the platform's own look-ups may not show it yet. */
export interface RecentIds {
  readonly add: (key: string, id: string) => void;
  readonly get: (key: string) => string | undefined;
}

/** Three times the lag that integrators have seen. */
const keptMs = 30_000;

export function recentIds(clock: Clock): RecentIds {
  const entries = new Map<string, { readonly id: string; readonly at: number }>();
  const forgetOld = (now: number): void => {
    for (const [key, { at }] of entries) {
      // Entries stand in the order of their age.
      if (now - at < keptMs) return;
      entries.delete(key);
    }
  };
  return {
    add: (key, id) => {
      const at = monotonicNow(clock);
      forgetOld(at);
      entries.delete(key);
      entries.set(key, { id, at });
    },
    get: (key) => {
      forgetOld(monotonicNow(clock));
      return entries.get(key)?.id;
    },
  };
}
