import type { ClaimedDelivery } from "@ghlkit/storage";

interface Entry {
  readonly ended: Promise<void>;
  /** Resolves when it has ended or is overdue. */
  readonly endedOrOverdue: Promise<void>;
}

/**
 * The handlers that run in this worker, one per entity. One that is overdue gives its slot to another entity, so that a handler that
 * hangs does not stop the others; at most `concurrency` slots are given away like that.
 */
export class RunningHandlers {
  readonly #concurrency: number;
  readonly #entries = new Map<string, Entry>();
  readonly #overdue = new Set<string>();

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  get overdue(): number {
    return this.#overdue.size;
  }

  /** Claims that may be taken now. */
  get free(): number {
    return this.#concurrency - (this.#entries.size - Math.min(this.overdue, this.#concurrency));
  }

  /** Claims that may be taken beside those that are overdue. */
  get capacity(): number {
    return Math.min(this.#concurrency, 2 * this.#concurrency - this.overdue);
  }

  /**
   * Whether a handler of this entity runs. Its lease may have been lost (the process stood still, the store was away), or it works on
   * after `commit`.
   */
  has(entity: string): boolean {
    return this.#entries.has(entity);
  }

  /** Runs one. `work` must not reject; it calls `setOverdue` when its handler runs longer than it may. */
  add({ delivery: { entity } }: ClaimedDelivery, work: (setOverdue: () => void) => Promise<void>): Entry {
    let pass: () => void = () => {};
    const overdue = new Promise<void>((resolve) => (pass = resolve));
    const ended = work(() => {
      this.#overdue.add(entity);
      pass();
    }).finally(() => {
      this.#overdue.delete(entity);
      this.#entries.delete(entity);
    });
    const entry = { ended, endedOrOverdue: Promise.race([ended, overdue]) };
    this.#entries.set(entity, entry);
    return entry;
  }

  /** Resolves when all that run now have ended. */
  async allEnded(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ ended }) => ended));
  }

  /** Resolves when all that run now have ended or are overdue. */
  async allEndedOrOverdue(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ endedOrOverdue }) => endedOrOverdue));
  }
}
