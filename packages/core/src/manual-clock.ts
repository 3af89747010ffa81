import type { Clock } from "./clock.ts";

/** A clock that moves only when it is advanced. */
export interface ManualClock extends Clock {
  /** Moves the clock and runs what falls due, in order, letting promises settle in between. */
  readonly advance: (ms: number) => Promise<void>;
  /** How many timers are waiting. */
  readonly pending: () => number;
  /** When the next timer is due (ms since epoch); `undefined` when none is waiting. */
  readonly nextAt: () => number | undefined;
}

/** Makes a clock for tests that starts at `start` (ms since epoch). */
export function createManualClock(start = 1_700_000_000_000): ManualClock {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly action: () => void }>();
  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + Math.max(0, ms), action };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.action();
        await settle();
      }
      now = until;
      await settle();
    },
    pending: () => timers.size,
    nextAt: () => (timers.size === 0 ? undefined : [...timers].reduce((least, { at }) => Math.min(least, at), Infinity)),
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
