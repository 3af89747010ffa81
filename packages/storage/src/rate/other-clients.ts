/** Windows for which it is remembered what others spent. */
const remembered = 2;

/** How many times their usual rate others are expected to spend until the next answer. */
const caution = 1.5;

/** After this part of a window without an answer nothing is known. */
const silence = 0.5;

/** Long ago, in a number that JSON has. */
const never = -1e15;

/** What a bucket knows of other clients that spend from it: JSON. Times are ms on the clock of the bucket. */
export interface OtherClientsState {
  /** Slots others spent, by when they showed. */
  seen: [at: number, count: number][];
  /** Slots of ours by when they come free, with their grant. */
  returning: [freeAt: number, grantedAt: number, count: number][];
  /** What the platform had left for certain at `shownAt`, our calls and returned slots since then included; `null` before any answer. */
  left: number | null;
  shownAt: number;
  /** How long that answer had been under way: for so long nothing is known of what others did. */
  underWayMs: number;
  /** The least that any answer left since nothing was in flight. */
  lowest: number | null;
  answeredAt: number;
  /** When an answer came after a silence. For a window from then nothing is certain but what answers left. */
  silenceEndedAt: number;
  /** Slots granted, and slots returned, since the bucket was made. */
  calls: number;
  returned: number;
}

/** What calls remember of the moment they were granted. */
export interface Departure {
  readonly grantedAt: number;
  /** How many calls of the bucket each of their answers has counted for certain. */
  readonly counted: number;
  /** Slots that had returned by then. */
  readonly returned: number;
}

/** What an answer showed. */
export interface Shown {
  /**
   * Calls that were answered, or whose answers were lost.
   * @default 1
   */
  readonly answered?: number;
  /** Slots others spent that were not known. */
  readonly others: number;
  /** Slots left, where the answer says so. */
  readonly remaining: number | undefined;
  readonly windowMs: number;
  /** Calls in flight besides. */
  readonly inFlight: number;
}

/** The bucket as it stands. */
export interface Standing {
  /** Slots free by our own count. */
  readonly free: number;
  readonly inFlight: number;
  readonly windowMs: number;
  /**
   * Calls that may go first after a silence, by the caller's own count. Default: the caller sees to that itself, and nothing but calls in
   * flight holds a call back where others are known.
   */
  readonly pilots?: number;
}

/** The same, with what {@link OtherClients.nextAt} has to know. */
export interface StandingAhead extends Standing {
  /** When so many slots will be free by our own count; `undefined` when that waits for answers. */
  readonly freeAt: (slots: number) => number | undefined;
  readonly pilots: number;
  /** When more pilots may go. */
  readonly pilotsAt: number;
}

/**
 * Other clients that spend from the same bucket, for one process or for all that share a window. Only answers show them, and only
 * afterwards: a slot that is free by our own count may be theirs by now. From an answer after a silence on, and as long as others are seen,
 * no more calls go than the platform had left for certain, less what others are likely to have spent since.
 */
export class OtherClients {
  readonly state: OtherClientsState;

  /** On a state that was kept, which is changed; on a new one by default. */
  constructor(state: OtherClientsState = newOtherClients()) {
    this.state = state;
  }

  /** Calls of ours go, beside those in flight. */
  went(now: number, { count = 1, inFlight }: { readonly count?: number; readonly inFlight: number }): Departure {
    const { state } = this;
    if (inFlight === 0) state.lowest = null;
    if (state.left !== null) state.left -= count;
    const counted = state.calls + 1 - inFlight;
    state.calls += count;
    return { grantedAt: now, counted, returned: state.returned };
  }

  /** They never left. */
  stayed(count = 1): void {
    if (this.state.left !== null) this.state.left += count;
  }

  /** They were answered, or their answers were lost. */
  ended(now: number, departure: Departure, { answered = 1, others, remaining, windowMs, inFlight }: Shown): void {
    const { state } = this;
    if (this.isSilent(now, windowMs)) state.silenceEndedAt = now;
    state.answeredAt = now;
    this.#countReturned(now, windowMs);
    if (answered > 0) addReturning(state, [now + windowMs + 1, departure.grantedAt, answered]);
    if (others > 0) state.seen.push([now, others]);
    if (remaining === undefined) return;
    state.lowest = Math.min(state.lowest ?? Infinity, remaining);
    // Calls beside this one may not have been counted yet; or they have, as far as they were answered since nothing was in flight.
    const left = Math.max(remaining - (state.calls - departure.counted), state.lowest - inFlight);
    const perMs = this.#perMs(now, windowMs);
    const most = remaining + (perMs > 0 ? 0 : state.returned - departure.returned);
    if (state.left !== null) state.left = Math.min(state.left, most);
    const isStale = state.left === null || now - state.shownAt > windowMs * silence;
    if (!isStale && left < (state.left ?? 0) - this.#unseen(now, perMs)) return;
    state.left = left;
    state.shownAt = now;
    state.underWayMs = now - departure.grantedAt;
  }

  /** How many of the free slots may be used: all of them, unless others are about or nothing is known. */
  allowance(now: number, { free, inFlight, windowMs, pilots }: Standing): number {
    const { state } = this;
    this.#countReturned(now, windowMs);
    if (free <= 0) return free;
    const perMs = this.#perMs(now, windowMs);
    const expected = this.#unseen(now, perMs);
    const mayLearn = free - expected >= 1 || now >= state.shownAt + windowMs;
    if (this.isSilent(now, windowMs)) {
      if (pilots !== undefined) return Math.max(Math.floor(Math.min(free - expected, pilots)), mayLearn && pilots > 0 ? 1 : 0);
      return perMs === 0 ? free : Number(inFlight === 0 && mayLearn);
    }
    if (perMs === 0 && now - state.silenceEndedAt >= windowMs) return free;
    return Math.max(Math.min(free, Math.floor((state.left ?? free) - expected)), Number(inFlight === 0 && mayLearn));
  }

  /** When {@link allowance} can be more than none again; `undefined` when that waits for an answer. */
  nextAt(now: number, standing: StandingAhead): number | undefined {
    const { windowMs, inFlight, free, freeAt, pilots, pilotsAt } = standing;
    const { answeredAt, silenceEndedAt } = this.state;
    const perMs = this.#perMs(now, windowMs);
    if (this.isSilent(now, windowMs)) return pilots > 0 ? this.#learnAt(standing, perMs) : later(pilotsAt, freeAt(1));
    if (perMs === 0 && now - silenceEndedAt >= windowMs) return freeAt(1);
    if (inFlight === 0) return this.#learnAt(standing, perMs);
    const returns = freeAt(Math.max(1, free + 1)) ?? Infinity;
    const silent = later(answeredAt + windowMs * silence + 1, freeAt(1)) ?? Infinity;
    const trusted = perMs === 0 ? (later(silenceEndedAt + windowMs, freeAt(1)) ?? Infinity) : Infinity;
    const at = Math.min(returns, silent, trusted);
    return at === Infinity ? undefined : at;
  }

  /** Whether there was no answer for so long that nothing is known. */
  isSilent(now: number, windowMs: number): boolean {
    const { answeredAt } = this.state;
    return now < answeredAt || now - answeredAt > windowMs * silence;
  }

  /** Whether others were seen lately. */
  areSeen(now: number, windowMs: number): boolean {
    return this.#perMs(now, windowMs) > 0;
  }

  /** When a call may go ahead and learn. */
  #learnAt({ windowMs, freeAt }: StandingAhead, perMs: number): number | undefined {
    const latest = later(this.state.shownAt + windowMs, freeAt(1));
    for (let slots = 1; ; slots += 1) {
      const at = freeAt(slots);
      if (at === undefined || (latest !== undefined && at >= latest)) return latest;
      if (slots - this.#unseen(at, perMs) >= 1) return at;
    }
  }

  /** Slots that returned count as left, unless the platform may have had them back already when it answered. */
  #countReturned(now: number, windowMs: number): void {
    const { state } = this;
    // A clock that was set back: nothing was shown in the future.
    state.shownAt = Math.min(state.shownAt, now);
    state.answeredAt = Math.min(state.answeredAt, now);
    state.silenceEndedAt = Math.min(state.silenceEndedAt, now);
    capTimes(state.returning, now + windowMs + 1);
    let returned = 0;
    for (const [freeAt, grantedAt, count] of state.returning) {
      if (freeAt > now) break;
      returned += 1;
      state.returned += count;
      if (state.left !== null && grantedAt + windowMs > state.shownAt) state.left += count;
    }
    if (returned > 0) state.returning.splice(0, returned);
    this.#forgetSeen(now, windowMs);
  }

  #forgetSeen(now: number, windowMs: number): void {
    const { seen } = this.state;
    capTimes(seen, now);
    let old = 0;
    while (old < seen.length && (seen[old]?.[0] ?? now) <= now - remembered * windowMs) old += 1;
    if (old > 0) seen.splice(0, old);
  }

  /** Slots that others are likely to have spent by then without our knowing. */
  #unseen(time: number, perMs: number): number {
    return perMs === 0 ? 0 : perMs * (time - this.state.shownAt + this.state.underWayMs);
  }

  /** Slots a millisecond that others are likely to spend; 0 when there are none. */
  #perMs(now: number, windowMs: number): number {
    if (this.state.seen.length === 0) return 0;
    this.#forgetSeen(now, windowMs);
    let spent = 0;
    for (const [, count] of this.state.seen) spent += count;
    return (caution * spent) / (remembered * windowMs);
  }
}

function newOtherClients(): OtherClientsState {
  return {
    seen: [],
    returning: [],
    left: null,
    shownAt: never,
    underWayMs: 0,
    lowest: null,
    answeredAt: never,
    silenceEndedAt: never,
    calls: 0,
    returned: 0,
  };
}

/** Keeps the order of times when the window got shorter: what is held is held no longer than the newest. */
function addReturning(state: OtherClientsState, entry: OtherClientsState["returning"][number]): void {
  capTimes(state.returning, entry[0]);
  // One that is made with its only entry takes a fraction of the memory of one that grew.
  if (state.returning.length === 0) state.returning = [entry];
  else state.returning.push(entry);
}

/** Entries are in the order of their times: the last ones are too late when any is. */
function capTimes(entries: [time: number, ...rest: number[]][], latest: number): void {
  for (let place = entries.length - 1; place >= 0; place -= 1) {
    const entry = entries[place];
    if (entry === undefined || entry[0] <= latest) return;
    entry[0] = latest;
  }
}

function later(one: number, two: number | undefined): number | undefined {
  return two === undefined ? undefined : Math.max(one, two);
}
