import { isolatesRequests, type Clock } from "@ghlkit/core";

/**
 * One timer that is set anew whenever something changes. It runs only while a call waits, so it may well keep the process alive: that
 * caller wants its answer.
 *
 * Where requests are isolated it never rings: a timer ends with the request that set it, and would serve the calls of others. There each
 * call looks after itself, see `waiting-call.ts`.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #set: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at that time, and at no other; never for `Infinity`. */
  setAt(at: number): void {
    if (at === this.#set?.at) return;
    this.#set?.cancel();
    this.#set = undefined;
    if (at === Infinity || isolatesRequests()) return;
    // At least a millisecond: clocks are read in whole ones, and an alarm that finds nothing to do must not spin.
    const cancel = this.#clock.after(Math.max(1, at - this.#clock.now()), () => {
      this.#set = undefined;
      this.#ring();
    });
    this.#set = { at, cancel };
  }
}
