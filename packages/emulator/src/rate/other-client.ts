/** When another client of the same app takes slots of a bucket: at random moments, whatever we do. */
export interface OtherClient {
  /** Times of its requests since the last look, up to now, in order. */
  readonly requestsUntil: (nowMs: number, share: number) => readonly number[];
}

/** @param random From 0 to 1, seeded. */
export function createOtherClient(limit: number, windowMs: number, random: () => number): OtherClient {
  let planned = Number.NEGATIVE_INFINITY;
  let lastLookMs = Number.NEGATIVE_INFINITY;
  let toCome: number[] = [];
  const plan = (window: number, share: number): void => {
    // Uniform about the share, as widely as 0 and 1 allow: half of the bucket means from none to all of it.
    const part = share + (random() - 0.5) * 2 * Math.min(share, 1 - share);
    const count = Math.round(limit * part);
    toCome.push(...Array.from({ length: count }, () => (window + random()) * windowMs).toSorted((a, b) => a - b));
    planned = window;
  };
  return {
    requestsUntil(nowMs, share) {
      // A clock that was set back starts anew.
      if (nowMs < lastLookMs) {
        planned = Number.NEGATIVE_INFINITY;
        toCome = [];
      }
      lastLookMs = nowMs;
      const window = Math.floor(nowMs / windowMs);
      for (let next = Math.max(planned + 1, window - 1); next <= window; next += 1) plan(next, share);
      const isPast = (time: number): boolean => time <= nowMs;
      const past = toCome.filter(isPast);
      toCome = toCome.filter((time) => !isPast(time));
      return past;
    },
  };
}
