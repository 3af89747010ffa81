/** Windows over which urgent use is averaged. */
const remembered = 3;

/** A slot that comes free within the rest of a window does not help the next call in time. */
const inUse = 0.97;

/** Urgent calls come in bursts: for this part of a window after one, another is expected. */
const burst = 0.03;

/** Grants within this part of a window count as one, so that the list stays short. */
const joined = 0.01;

/** Urgent slots granted within the last windows, by time and in its order. `inTime` of them were granted without a wait. */
export type UrgentGrant = [at: number, count: number, inTime: number];

/**
 * Slots that other work leaves free for urgent calls: as many as those used per window lately, less those that they got in time and are using
 * now, and one more right after each. Steady use costs other work nothing, for its slots come free as the next calls come; where no one calls
 * nothing is kept. For one process or for all that share a window.
 */
export class UrgentSlots {
  /** JSON. */
  grants: UrgentGrant[];

  constructor(grants: UrgentGrant[] = []) {
    this.grants = grants;
  }

  /** Urgent calls were granted so many slots; those that waited found nothing kept, and the next ones at their time would not either. */
  granted(now: number, windowMs: number, { count = 1, inTime }: { readonly count?: number; readonly inTime: number }): void {
    const last = this.grants.at(-1);
    if (last === undefined) this.grants = [[now, count, inTime]];
    else if (now - last[0] < windowMs * joined) {
      last[1] += count;
      last[2] += inTime;
    } else this.grants.push([now, count, inTime]);
  }

  /** How many slots are kept free, at most `most`. */
  kept(now: number, windowMs: number, most: number): number {
    this.#forget(now, windowMs);
    let [usual, used, next] = [0, 0, 0];
    for (const [at, count, inTime] of this.grants) {
      usual += count / remembered;
      if (at > now - windowMs * inUse) used += inTime;
      if (at > now - windowMs * burst) next = 1;
    }
    return Math.min(most, Math.max(0, Math.round(usual) - used) + next);
  }

  /** When {@link kept} can be less than at `now` without another grant; `Infinity` while nothing is kept. */
  lessAt(now: number, windowMs: number): number {
    const [first] = this.grants;
    const last = this.grants.at(-1);
    if (first === undefined || last === undefined) return Infinity;
    const burstEnds = last[0] + windowMs * burst;
    return Math.min(burstEnds > now ? burstEnds : Infinity, first[0] + remembered * windowMs);
  }

  /** The clock may have been set back: what was granted in the future was not. */
  #forget(now: number, windowMs: number): void {
    const from = now - remembered * windowMs;
    const { grants } = this;
    if ((grants[0]?.[0] ?? Infinity) > from && (grants.at(-1)?.[0] ?? now) <= now) return;
    this.grants = grants.filter(([at]) => at > from && at <= now);
  }
}
