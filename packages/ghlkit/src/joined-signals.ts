import { onAbort } from "@ghlkit/core";

/** The signal of a call, and what has to be said when the call has ended. */
export interface JoinedSignal {
  readonly signal: AbortSignal;
  readonly forget: () => void;
}

interface Joined {
  readonly controller: AbortController;
  readonly forgets: readonly (() => void)[];
  calls: number;
}

/**
 * Signals that fire when either the caller's or a common one does. Calls that share a signal, as those of one job do, share the joined one:
 * an AbortController for each of ten thousand would be felt when it fires.
 */
export class JoinedSignals {
  readonly #common: AbortSignal;
  readonly #joined = new WeakMap<AbortSignal, Joined>();

  constructor(common: AbortSignal) {
    this.#common = common;
  }

  join(own: AbortSignal): JoinedSignal {
    const joined = this.#joined.get(own) ?? this.#make(own);
    joined.calls += 1;
    return { signal: joined.controller.signal, forget: () => this.#forget(own, joined) };
  }

  #make(own: AbortSignal): Joined {
    const controller = new AbortController();
    const forgets = [own, this.#common].map((signal) => onAbort(signal, () => controller.abort(signal.reason)));
    const joined: Joined = { controller, forgets, calls: 0 };
    this.#joined.set(own, joined);
    return joined;
  }

  /** The last call takes the listeners along. */
  #forget(own: AbortSignal, joined: Joined): void {
    joined.calls -= 1;
    if (joined.calls > 0) return;
    for (const forget of joined.forgets) forget();
    if (this.#joined.get(own) === joined) this.#joined.delete(own);
  }
}
