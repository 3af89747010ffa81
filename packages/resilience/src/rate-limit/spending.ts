import type { CallContext } from "@ghlkit/core";

/** Calls by operation: who spends the quota. */
export class Spending {
  readonly #counts = new Map<string, number>();

  /** A call outside the contract counts as `other`: its path can hold ids without end. */
  add({ operation }: CallContext, count = 1): void {
    const name = operation?.id ?? "other";
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  /** The greatest first. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].toSorted(([, a], [, b]) => b - a));
  }
}
