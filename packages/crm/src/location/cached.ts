import { monotonicNow, type Clock } from "@ghlkit/core";

/** A value that is loaded once for all who ask at the same time, and kept for a while. */
export interface Cached<Value> {
  readonly get: () => Promise<Value>;
  /** The next `get` loads again, unless the value is younger than `youngerThanMs`. Returns whether it will. */
  readonly invalidate: (youngerThanMs?: number) => boolean;
}

/** Keeps what `load` returns for `ttlMs`. A load that fails is not kept. */
export function cached<Value>(load: () => Promise<Value>, options: { readonly clock: Clock; readonly ttlMs: number }): Cached<Value> {
  const { clock, ttlMs } = options;
  let current: { readonly value: Promise<Value>; readonly since: number } | undefined;
  return {
    get: () => {
      if (current !== undefined && monotonicNow(clock) - current.since < ttlMs) return current.value;
      const loading = { value: load(), since: monotonicNow(clock) };
      current = loading;
      loading.value.catch(() => {
        if (current === loading) current = undefined;
      });
      return loading.value;
    },
    invalidate: (youngerThanMs = 0) => {
      if (current !== undefined && monotonicNow(clock) - current.since < youngerThanMs) return false;
      current = undefined;
      return true;
    },
  };
}
