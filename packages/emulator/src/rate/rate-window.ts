/** `fixed` frees all slots at once when the window ends, `sliding` frees each one window after its use. */
export type RateWindowKind = "fixed" | "sliding";

/** Counts the requests of one bucket within a window. */
export interface RateWindow {
  /** Slots left at `nowMs`. */
  readonly remaining: (nowMs: number) => number;
  /** Takes one slot; `false` when none is left. */
  readonly take: (nowMs: number) => boolean;
  /** Milliseconds until a slot is free again; 0 when one is. */
  readonly freeInMs: (nowMs: number) => number;
}

export function createRateWindow(kind: RateWindowKind, limit: number, windowMs: number): RateWindow {
  return kind === "fixed" ? fixedWindow(limit, windowMs) : slidingWindow(limit, windowMs);
}

/** The window opens with the first request after the last one ended. */
function fixedWindow(limit: number, windowMs: number): RateWindow {
  let openedAt = Number.NEGATIVE_INFINITY;
  let used = 0;
  const roll = (nowMs: number): void => {
    // A clock that was set back must not leave the bucket shut until it catches up.
    if (nowMs >= openedAt + windowMs || nowMs < openedAt) {
      openedAt = nowMs;
      used = 0;
    }
  };
  return {
    remaining: (nowMs) => (nowMs >= openedAt + windowMs || nowMs < openedAt ? limit : limit - used),
    take(nowMs) {
      roll(nowMs);
      if (used >= limit) return false;
      used += 1;
      return true;
    },
    freeInMs: (nowMs) => (used < limit || nowMs >= openedAt + windowMs || nowMs < openedAt ? 0 : openedAt + windowMs - nowMs),
  };
}

function slidingWindow(limit: number, windowMs: number): RateWindow {
  // A ring of the last `limit` uses: the oldest one decides.
  const uses: number[] = [];
  const expire = (nowMs: number): void => {
    while (uses.length > 0 && ((uses[0] as number) + windowMs <= nowMs || (uses[0] as number) > nowMs)) uses.shift();
  };
  return {
    remaining(nowMs) {
      expire(nowMs);
      return limit - uses.length;
    },
    take(nowMs) {
      expire(nowMs);
      if (uses.length >= limit) return false;
      uses.push(nowMs);
      return true;
    },
    freeInMs(nowMs) {
      expire(nowMs);
      return uses.length < limit ? 0 : (uses[0] as number) + windowMs - nowMs;
    },
  };
}
