/** Time as the layers see it. Tests inject their own. */
export interface Clock {
  /** Milliseconds since epoch. */
  readonly now: () => number;
  /** Runs `action` after `ms`, however many, and returns a function that cancels it. */
  readonly after: (ms: number, action: () => void) => () => void;
  /** Milliseconds on a clock that is never set, for durations, leases and timeouts. Default: `now`. */
  readonly monotonic?: () => number;
}

/** Milliseconds on the monotonic part of a clock: only differences between two values mean anything. */
export function monotonicNow(clock: Pick<Clock, "now" | "monotonic">): number {
  return clock.monotonic?.() ?? clock.now();
}

/** The longest delay that timers know; a longer one fires at once (HTML 8.7: the timeout is a signed 32-bit integer). */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, action) => {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (leftMs: number): void => {
      timer = leftMs > longestTimerMs ? setTimeout(arm, longestTimerMs, leftMs - longestTimerMs) : setTimeout(action, leftMs);
    };
    arm(ms);
    return () => clearTimeout(timer);
  },
};
