import { systemClock, type Clock } from "@ghlkit/core";

/** A longer timer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Its timers do not keep a process alive: a write that is under way has a socket or a wait that does. */
export const quietClock: Clock = {
  ...systemClock,
  after: (ms, action) => {
    const timer = setTimeout(action, Math.min(ms, longestTimerMs));
    // Elsewhere than in Node.js a timer is a number, and there is nothing to keep alive.
    (timer as unknown as { readonly unref?: () => void }).unref?.();
    return () => clearTimeout(timer);
  },
};
