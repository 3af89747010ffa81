/** Time as the layers see it. Tests inject their own. */
export interface Clock {
  /** Milliseconds since epoch. */
  readonly now: () => number;
  /** Runs `action` after `ms` and returns a function that cancels it. */
  readonly after: (ms: number, action: () => void) => () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
