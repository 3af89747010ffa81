/** Time as the layers see it. Tests inject their own. */
export interface Clock {
  /** Milliseconds since epoch. */
  readonly now: () => number;
  /** Runs `action` after `ms`, however many, and returns a function that cancels it. */
  readonly after: (ms: number, action: () => void) => () => void;
}

/** The longest delay that timers know; a longer one fires at once (HTML 8.7: the timeout is a signed 32-bit integer). */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (leftMs: number): void => {
      timer = leftMs > longestTimerMs ? setTimeout(arm, longestTimerMs, leftMs - longestTimerMs) : setTimeout(action, leftMs);
    };
    arm(ms);
    return () => clearTimeout(timer);
  },
};
