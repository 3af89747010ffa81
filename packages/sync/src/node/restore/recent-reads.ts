/** Keeps what was read last, by key: reads under way are shared, and one that failed is made again. */
export class RecentReads<Result> {
  readonly #most: number;
  readonly #reads = new Map<string, Promise<Result>>();

  /** @param most Reads that are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** @throws what the read throws. */
  get(key: string, read: () => Promise<Result>): Promise<Result> {
    const known = this.#reads.get(key) ?? this.#begin(key, read);
    // In the order of their use: the first is the one to drop.
    this.#reads.delete(key);
    this.#reads.set(key, known);
    const [oldest] = this.#reads.keys();
    if (this.#reads.size > this.#most && oldest !== undefined) this.#reads.delete(oldest);
    return known;
  }

  #begin(key: string, read: () => Promise<Result>): Promise<Result> {
    const begun = read();
    begun.catch(() => {
      if (this.#reads.get(key) === begun) this.#reads.delete(key);
    });
    return begun;
  }
}
