/** How long after its time limit a call is taken for gone, in ms. */
const graceMs = 1000;

/** The time limit of calls that have none, in ms. */
const withoutLimitMs = 60_000;

/**
 * The slots whose calls are under way, in a runtime that isolates requests: one that ends takes its calls with it, without a word. Elsewhere
 * every call ends, and nothing has to be kept.
 */
export class Outstanding<Held extends object> {
  readonly #until = new Map<Held, number>();

  /** @param timeoutMs What one attempt may take; 0 for no limit. */
  add(slot: Held, now: number, timeoutMs: number): void {
    this.#until.set(slot, now + (timeoutMs > 0 ? timeoutMs : withoutLimitMs) + graceMs);
  }

  /** The call came back. `false` when it was given up before. */
  end(slot: Held): boolean {
    return this.#until.delete(slot);
  }

  /** Gives up the calls that are overdue. */
  overdue(now: number): readonly Held[] {
    if (this.#until.size === 0) return [];
    const gone = [...this.#until].filter(([, until]) => now >= until).map(([slot]) => slot);
    for (const slot of gone) this.#until.delete(slot);
    return gone;
  }
}
