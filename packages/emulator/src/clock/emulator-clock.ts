/** Where the emulator takes its time from. */
export interface TimeSource {
  /** Milliseconds since epoch. */
  readonly now: () => number;
}

/** Time as the emulator's platform sees it: the source, moved by whoever bends it. */
export interface EmulatorClock extends TimeSource {
  /** Moves on by `ms`; negative values move back. Returns the new time. */
  readonly advance: (ms: number) => number;
  /** Jumps to `ms` since epoch and runs on from there. Returns the new time. */
  readonly set: (ms: number) => number;
  /** Back to the source. */
  readonly reset: () => void;
}

export function createEmulatorClock(source: TimeSource = { now: () => Date.now() }): EmulatorClock {
  let offsetMs = 0;
  const now = (): number => source.now() + offsetMs;
  return {
    now,
    advance(ms) {
      offsetMs += ms;
      return now();
    },
    set(ms) {
      offsetMs = ms - source.now();
      return now();
    },
    reset() {
      offsetMs = 0;
    },
  };
}
