import { monotonicNow, sleep, type Clock } from "@ghlkit/core";

/** Why rows are held. */
export type HoldReason = "window" | "day" | "platform";

/** Holds all rows of a run until a point in time. */
export interface Hold {
  /** Resolves when rows may go. @throws when the signal has fired. */
  readonly pass: (signal: AbortSignal) => Promise<void>;
  /** Holds rows for so many ms from now; of two holds the later end counts. */
  readonly holdFor: (ms: number, reason: HoldReason) => void;
  /** Why rows are held now. */
  readonly reason: () => HoldReason | undefined;
}

/** @param onChange Called when rows are held, and when they may go again. */
export function createHold(clock: Clock, onChange: () => void): Hold {
  let until = 0;
  let current: HoldReason | undefined;
  const reason = (): HoldReason | undefined => (monotonicNow(clock) < until ? current : undefined);
  return {
    reason,
    holdFor: (ms, because) => {
      const end = monotonicNow(clock) + ms;
      if (end <= until) return;
      until = end;
      current = because;
      onChange();
    },
    pass: async (signal) => {
      signal.throwIfAborted();
      // It may have been prolonged meanwhile.
      while (monotonicNow(clock) < until) await sleep(until - monotonicNow(clock), signal, clock);
      if (current === undefined) return;
      current = undefined;
      onChange();
    },
  };
}
