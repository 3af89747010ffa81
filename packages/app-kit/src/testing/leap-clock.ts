import { systemClock, type Clock } from "@ghlkit/core";

/** The machine's time, and leaps: what was due meanwhile is done, in order. Emulator and applications are given the same. */
export interface LeapClock extends Clock {
  /** Goes on by `ms` at once, stopping where something is due. */
  readonly leap: (ms: number) => Promise<void>;
  /** Called at the end of each leap: clocks of other processes leap as well. */
  readonly onLeap: (follow: (ms: number) => Promise<void>) => void;
}

/** @param startAt ISO 8601; the machine's time when it is left out. */
export function createLeapClock(startAt?: string): LeapClock {
  let offset = startAt === undefined ? 0 : Date.parse(startAt) - Date.now();
  const timers = new Set<{ readonly dueAt: number; readonly run: () => void; cancel: () => void }>();
  const followers: ((ms: number) => Promise<void>)[] = [];
  const now = (): number => Date.now() + offset;
  return {
    now,
    monotonic: () => performance.now() + offset,
    after(ms, action) {
      const timer = { dueAt: now() + ms, run: (): void => {}, cancel: (): void => {} };
      timer.run = () => {
        timer.cancel();
        timers.delete(timer);
        action();
      };
      timer.cancel = systemClock.after(ms, timer.run);
      timers.add(timer);
      return () => {
        timer.cancel();
        timers.delete(timer);
      };
    },
    onLeap: (follow) => void followers.push(follow),
    async leap(ms) {
      const until = now() + ms;
      for (;;) {
        const next = [...timers].toSorted((one, other) => one.dueAt - other.dueAt)[0];
        if (next === undefined || next.dueAt > until) break;
        offset += Math.max(0, next.dueAt - now());
        next.run();
        // Requests that it set off come to their answers: a stop is as long as a few of them.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      offset += Math.max(0, until - now());
      for (const follow of followers) await follow(ms);
    },
  };
}
