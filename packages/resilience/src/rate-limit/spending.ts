import type { CallContext } from "@ghlkit/core";

/** Calls by operation: who spends the quota. */
export class Spending {
  /** The operation of the first call: most buckets of a process that serves thousands of locations make calls of one. */
  #first: string | undefined;
  #firstCount = 0;
  #others: Map<string, number> | undefined;

  /** A call outside the contract counts as `other`: its path can hold ids without end. */
  add({ operation }: CallContext, count = 1): void {
    const name = operation?.id ?? "other";
    this.#first ??= name;
    if (name === this.#first) this.#firstCount += count;
    else {
      this.#others ??= new Map();
      this.#others.set(name, (this.#others.get(name) ?? 0) + count);
    }
  }

  /** The greatest first. */
  counts(): Readonly<Record<string, number>> {
    const first: readonly [string, number][] = this.#first === undefined ? [] : [[this.#first, this.#firstCount]];
    return Object.fromEntries([...first, ...(this.#others ?? [])].toSorted(([, a], [, b]) => b - a));
  }
}
