import { TimeQueue } from "./time-queue.ts";

/** Windows over which use is averaged. */
const remembered = 3;

/** Calls of people come in bursts: for this part of a window after one, another is expected. */
const burst = 0.03;

/** A call that waited for less found its slot kept, or about to come free. */
const prompt = 0.02;

/** A slot that comes free within the rest of a window does not help the next call in time. */
const inUse = 0.97;

/** Most of the limit that is kept, however much was used. */
const mostShare = 0.25;

/** A smaller limit has no slot to spare. */
const leastLimit = 20;

/** Most slots that bulk work leaves free for `interactive` calls, of a limit. */
export function mostKept(limit: number): number {
  return limit < leastLimit ? 0 : Math.floor(limit * mostShare);
}

/**
 * Slots that bulk work leaves free for `interactive` calls: as many as those used per window lately, less those they are using now, and one
 * more right after a call. Steady use costs bulk work nothing, for its slots come free as the next calls come; where no one calls nothing
 * is kept. Without it bulk work would take every slot the moment it is free, and people would wait for most of a window.
 */
export class InteractiveReserve {
  readonly #granted = new TimeQueue();
  /** Those that did not wait: a call that did found nothing kept, and the next one at its time would not either. */
  readonly #inTime = new TimeQueue();
  #lastAt = -Infinity;

  /** An `interactive` call was granted a slot, after so long a wait. */
  granted(now: number, waitedMs: number, windowMs: number): void {
    this.#granted.push(now);
    if (waitedMs <= windowMs * prompt) this.#inTime.push(now);
    this.#lastAt = now;
  }

  /** How many slots are kept free at `now`. */
  kept(now: number, { limit, windowMs }: { readonly limit: number; readonly windowMs: number }): number {
    this.#forget(now, windowMs);
    const usual = Math.round(this.#granted.length / remembered);
    const used = this.#inTime.countAfter(now - windowMs * inUse);
    const next = now - this.#lastAt < windowMs * burst ? 1 : 0;
    return Math.min(Math.max(0, usual - used) + next, mostKept(limit));
  }

  /** When {@link kept} can be less than at `now` without another call; `Infinity` while nothing is kept. */
  lessAt(now: number, windowMs: number): number {
    const burstEnds = this.#lastAt + windowMs * burst;
    const oldestLeaves = (this.#granted.at(0) ?? Infinity) + remembered * windowMs;
    return Math.min(burstEnds > now ? burstEnds : Infinity, oldestLeaves);
  }

  /** The clock may have been set back: nothing was granted in the future. */
  #forget(now: number, windowMs: number): void {
    this.#lastAt = Math.min(this.#lastAt, now);
    this.#granted.capAt(now);
    this.#granted.dropUntil(now - remembered * windowMs);
    this.#inTime.capAt(now);
    this.#inTime.dropUntil(now - windowMs);
  }
}
