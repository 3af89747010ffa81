import type { RateState } from "@ghlkit/core";
import { TimeQueue } from "./time-queue.ts";

/** What a slot remembers of its grant; see {@link SlotWindow.learn}. */
export type SlotMark = number;

/** Clocks are read in whole milliseconds: a slot freed within the last one could be a fraction early. */
const roundingMs = 1;

/**
 * The slots of one bucket. A slot is taken at its grant and free again one window after its *answer*: the platform counted
 * the call somewhere between the two, so it has forgotten the call whenever we have.
 */
export class SlotWindow {
  readonly #ceiling: number;
  readonly #held = new TimeQueue();
  #limit: number;
  #windowMs: number;
  #inFlight = 0;
  #taken = 0;

  /** Follows the limit the platform states, but never above `ceiling`. */
  constructor(limit: number, windowMs: number, ceiling: number) {
    this.#limit = Math.min(limit, ceiling);
    this.#windowMs = windowMs;
    this.#ceiling = ceiling;
  }

  get limit(): number {
    return this.#limit;
  }

  get windowMs(): number {
    return this.#windowMs;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Slots free now; negative after the platform stated a lower limit than what is taken. */
  free(now: number): number {
    this.#held.dropUntil(now);
    // Nothing is held for longer than a window from now, unless the clock was set back or a shorter window was stated.
    this.#held.capAt(now + this.#windowMs + roundingMs);
    return this.#limit - this.#inFlight - this.#held.length;
  }

  take(): SlotMark {
    this.#inFlight += 1;
    this.#taken += 1;
    return this.#inFlight + this.#held.length - this.#taken;
  }

  /** The call was answered, or its answer was lost. */
  settle(now: number): void {
    this.#inFlight -= 1;
    this.#held.push(now + this.#windowMs + roundingMs);
  }

  /** The call never left: its slot is free at once. */
  giveBack(): void {
    this.#inFlight -= 1;
    this.#taken -= 1;
  }

  /**
   * Learns limit and window, and what other clients of the same bucket spent. The platform counted, besides theirs, at
   * most the slots taken at the grant and those taken since; whatever it counted beyond was spent by others and is held for a window.
   *
   * @returns how many slots others spent.
   */
  learn(now: number, mark: SlotMark, rate: RateState): number {
    if (rate.intervalMs !== undefined && rate.intervalMs > 0) this.#windowMs = rate.intervalMs;
    if (rate.limit !== undefined && rate.limit > 0) this.#limit = Math.min(rate.limit, this.#ceiling);
    if (rate.remaining === undefined) return 0;
    const foreign = this.#limit - rate.remaining - (mark + this.#taken);
    for (let count = 0; count < foreign; count += 1) this.#held.push(now + this.#windowMs + roundingMs);
    if (foreign <= 0) return 0;
    this.#taken += foreign;
    return foreign;
  }

  /** When so many slots are free by themselves; `undefined` when that waits for an answer. */
  freeAt(now: number, slots = 1): number | undefined {
    const missing = slots - this.free(now);
    return missing <= 0 ? now : this.#held.at(missing - 1);
  }

  /** Earliest time for the waiter at `position` (1 is next), as far as it can be known. */
  estimate(now: number, position: number): number {
    const place = position - this.free(now) - 1;
    if (place < 0) return now;
    const rounds = Math.floor(place / this.#limit);
    const free = this.#held.at(place - rounds * this.#limit) ?? now + this.#windowMs;
    return free + rounds * this.#windowMs;
  }
}
