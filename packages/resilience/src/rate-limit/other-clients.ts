import { TimeQueue } from "./time-queue.ts";

/** Windows for which it is remembered what others spent. */
const remembered = 2;

/** How many times their usual rate others are expected to spend until the next answer tells. */
const caution = 1.5;

/** After this part of a window without an answer, a burst sends scouts first. */
const silence = 0.5;

/** Part of the limit that may go as scouts while no others are known; then one goes alone. */
const scouts = 0.1;

/** The bucket as it stands. */
export interface Standing {
  readonly limit: number;
  readonly windowMs: number;
  readonly inFlight: number;
  /** Slots free by our own count. */
  readonly free: number;
  /** When so many slots will be free by our own count; `undefined` when that waits for answers. */
  readonly freeAt: (slots: number) => number | undefined;
}

/** What a call remembers of the moment it went. */
export interface Departure {
  readonly grantedAt: number;
  /** How many calls of the bucket its answer has counted for certain. */
  readonly counted: number;
  /** Slots that had returned by then. */
  readonly returned: number;
}

/** What an answer told. */
export interface Told {
  /** Slots others spent that nobody knew of. */
  readonly others: number;
  /** Slots left, where it told. */
  readonly remaining: number | undefined;
  readonly windowMs: number;
  /** Calls in flight besides the one that was answered. */
  readonly inFlight: number;
}

/**
 * Other clients that spend from the same bucket. Only answers tell of them, and only afterwards: a slot that is free by our own count
 * may be theirs by now. After a silence nothing is known, and scouts go ahead: a few while no others were seen, else one. From their
 * answers on, and as long as others are seen, no more calls go than the platform had left for certain, less what others are likely to
 * have spent since.
 */
export class OtherClients {
  /** Slots others spent, by when they showed. */
  readonly #seen = new TimeQueue();
  /** Our slots by when they come free, noted with their grant. */
  readonly #returning = new TimeQueue();
  /** What the platform had left for certain at `#toldAt`, our calls and returned slots since then reckoned in. */
  #left = Infinity;
  #toldAt = -Infinity;
  /** How long that answer had been under way: so long nobody knows what others do. */
  #underWayMs = 0;
  /** The least that any answer left since nothing was in flight. */
  #lowest = Infinity;
  #heardAt = -Infinity;
  #silenceEndedAt = -Infinity;
  /** Scouts that went since `#scoutingSince` and have not come back. One that hangs is followed by others after another silence. */
  #scoutsOut = 0;
  #scoutingSince = -Infinity;
  #calls = 0;
  #returned = 0;

  /** One of our calls goes, beside those in flight. */
  went(now: number, { inFlight, windowMs }: Pick<Standing, "inFlight" | "windowMs">): Departure {
    if (inFlight === 0) this.#lowest = Infinity;
    if (this.#isSilent(now, windowMs)) {
      if (!this.#isScouting(now, windowMs)) this.#scoutingSince = now;
      this.#scoutsOut += 1;
    }
    this.#left -= 1;
    this.#calls += 1;
    return { grantedAt: now, counted: this.#calls - inFlight, returned: this.#returned };
  }

  /** It never left. */
  stayed(): void {
    this.#left += 1;
    this.#scoutsOut = Math.max(0, this.#scoutsOut - 1);
  }

  /** It was answered, or its answer was lost. */
  ended(now: number, { grantedAt, counted, returned }: Departure, { others, remaining, windowMs, inFlight }: Told): void {
    this.#hear(now, windowMs);
    this.#reckon(now, windowMs);
    this.#returning.push(now + windowMs + 1, grantedAt);
    for (let count = 0; count < others; count += 1) this.#seen.push(now);
    if (remaining === undefined) return;
    this.#lowest = Math.min(this.#lowest, remaining);
    // Calls beside this one may not have been counted yet; or they have, as far as they were answered since nothing was in flight.
    const left = Math.max(remaining - (this.#calls - counted), this.#lowest - inFlight);
    const perMs = this.#perMs(now, windowMs);
    this.#left = Math.min(this.#left, remaining + (perMs > 0 ? 0 : this.#returned - returned));
    const isStale = now - this.#toldAt > windowMs * silence;
    if (!isStale && left < this.#left - this.#unheard(now, perMs)) return;
    this.#left = left;
    this.#toldAt = now;
    this.#underWayMs = now - grantedAt;
  }

  /** How many of the free slots may be used. */
  allowance(now: number, { limit, windowMs, inFlight, free }: Standing): number {
    this.#reckon(now, windowMs);
    const perMs = this.#perMs(now, windowMs);
    const unheard = this.#unheard(now, perMs);
    const mayLearn = free > 0 && (free - unheard >= 1 || now >= this.#toldAt + windowMs);
    if (this.#isSilent(now, windowMs)) {
      const scouts = scoutsOf(limit, perMs) - this.#scouting(now, windowMs);
      return Math.max(Math.floor(Math.min(free - unheard, scouts)), mayLearn && scouts > 0 ? 1 : 0);
    }
    if (perMs === 0 && now - this.#silenceEndedAt >= windowMs) return free;
    const sure = Math.min(free, Math.floor(this.#left - unheard));
    return sure > 0 ? sure : inFlight === 0 && mayLearn ? 1 : 0;
  }

  /** When {@link allowance} can be more than none again; `undefined` when that waits for an answer. */
  nextAt(now: number, standing: Standing): number | undefined {
    const { limit, windowMs, inFlight, free, freeAt } = standing;
    const perMs = this.#perMs(now, windowMs);
    const silenceMs = windowMs * silence;
    if (this.#isSilent(now, windowMs)) {
      const isOut = this.#scouting(now, windowMs) >= scoutsOf(limit, perMs);
      return isOut ? later(this.#scoutingSince + silenceMs + 1, freeAt(1)) : this.#learnAt(standing, perMs);
    }
    if (perMs === 0 && now - this.#silenceEndedAt >= windowMs) return freeAt(1);
    if (inFlight === 0) return this.#learnAt(standing, perMs);
    const returns = freeAt(Math.max(1, free + 1)) ?? Infinity;
    const silent = later(this.#heardAt + silenceMs + 1, freeAt(1)) ?? Infinity;
    const trusted = perMs === 0 ? (later(this.#silenceEndedAt + windowMs, freeAt(1)) ?? Infinity) : Infinity;
    const at = Math.min(returns, silent, trusted);
    return at === Infinity ? undefined : at;
  }

  /** When a call may go ahead and learn. */
  #learnAt({ windowMs, freeAt }: Standing, perMs: number): number | undefined {
    const latest = later(this.#toldAt + windowMs, freeAt(1));
    for (let slots = 1; ; slots += 1) {
      const at = freeAt(slots);
      if (at === undefined || (latest !== undefined && at >= latest)) return latest;
      if (slots - this.#unheard(at, perMs) >= 1) return at;
    }
  }

  #hear(now: number, windowMs: number): void {
    if (this.#isSilent(now, windowMs)) this.#silenceEndedAt = now;
    this.#heardAt = now;
    this.#scoutsOut = 0;
  }

  /** Slots that returned count as left, unless the platform may have had them back already when it told. */
  #reckon(now: number, windowMs: number): void {
    // A clock that was set back: nothing was told in the future.
    this.#toldAt = Math.min(this.#toldAt, now);
    this.#silenceEndedAt = Math.min(this.#silenceEndedAt, now);
    this.#returning.capAt(now + windowMs + 1);
    this.#returning.dropUntil(now, (grantedAt) => {
      this.#returned += 1;
      if (grantedAt + windowMs > this.#toldAt) this.#left += 1;
    });
  }

  #isSilent(now: number, windowMs: number): boolean {
    return now < this.#heardAt || now - this.#heardAt > windowMs * silence;
  }

  #isScouting(now: number, windowMs: number): boolean {
    return now >= this.#scoutingSince && now - this.#scoutingSince <= windowMs * silence;
  }

  /** Scouts that are waited for. */
  #scouting(now: number, windowMs: number): number {
    if (!this.#isScouting(now, windowMs)) this.#scoutsOut = 0;
    return this.#scoutsOut;
  }

  /** Slots that others are likely to have spent by then without our knowing. */
  #unheard(time: number, perMs: number): number {
    return perMs === 0 ? 0 : perMs * (time - this.#toldAt + this.#underWayMs);
  }

  /** Slots a millisecond that others are likely to spend; 0 when there are none. */
  #perMs(now: number, windowMs: number): number {
    this.#seen.capAt(now);
    this.#seen.dropUntil(now - remembered * windowMs);
    return (caution * this.#seen.length) / (remembered * windowMs);
  }
}

function scoutsOf(limit: number, perMs: number): number {
  return perMs > 0 ? 1 : Math.ceil(limit * scouts);
}

function later(one: number, two: number | undefined): number | undefined {
  return two === undefined ? undefined : Math.max(one, two);
}
