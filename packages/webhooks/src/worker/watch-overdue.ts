import type { Clock } from "@ghlkit/core";

/** Calls `onOverdue` after `everyMs` and again after each `everyMs` that follows, until the function returned is called. */
export function watchOverdue(everyMs: number, clock: Clock, onOverdue: (runningMs: number) => void): () => void {
  if (everyMs === 0) return () => {};
  let cancel: () => void = () => {};
  const watch = (runningMs: number): void => {
    cancel = clock.after(everyMs, () => {
      watch(runningMs + everyMs);
      onOverdue(runningMs);
    });
  };
  watch(everyMs);
  return () => cancel();
}
