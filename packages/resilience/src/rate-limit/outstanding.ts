import { isolatesRequests } from "@ghlkit/core";

/** How long after its time limit a call is taken for gone, in ms. */
const graceMs = 1000;

/** The time limit of calls that have none, in ms. */
const withoutLimitMs = 60_000;

const nothing: readonly never[] = [];

/**
 * The slots whose calls are under way, where a call may never come back: in a runtime that isolates requests, one that ends takes its calls
 * with it, without a word. Elsewhere every call ends, and nothing is kept.
 */
export class Outstanding<Held extends object> {
  #until: Map<Held, number> | undefined;

  /** @param timeoutMs What one attempt may take; 0 for no limit. */
  add(slot: Held, now: number, timeoutMs: number): Held {
    if (isolatesRequests()) (this.#until ??= new Map()).set(slot, now + (timeoutMs > 0 ? timeoutMs : withoutLimitMs) + graceMs);
    return slot;
  }

  /** The call came back. `false` when it was given up before. */
  end(slot: Held): boolean {
    return !isolatesRequests() || this.#until?.delete(slot) === true;
  }

  /** Gives up the calls that are overdue. */
  overdue(now: number): readonly Held[] {
    if (this.#until === undefined || this.#until.size === 0) return nothing;
    const until = this.#until;
    const gone = [...until].filter(([, endsAt]) => now >= endsAt).map(([slot]) => slot);
    for (const slot of gone) until.delete(slot);
    return gone;
  }
}
