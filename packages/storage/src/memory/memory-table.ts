import { principalKey, type Principal } from "@ghlkit/core";

/** One record as memory keeps it: a text, so that callers never share an object with the store. */
export interface MemoryRow {
  readonly principal: Principal;
  readonly version: number;
  readonly body: string;
}

/** Versioned rows by principal. Versions come from one counter, so that none returns after a delete. */
export class MemoryTable<Row extends MemoryRow> {
  readonly #rows = new Map<string, Row>();
  #lastVersion = 0;

  get(principal: Principal): Row | undefined {
    return this.#rows.get(principalKey(principal));
  }

  /** Writes when the version is the expected one. Returns the row, or `undefined` when another writer was first. */
  write(principal: Principal, expectedVersion: number, make: (version: number) => Row): Row | undefined {
    const key = principalKey(principal);
    if ((this.#rows.get(key)?.version ?? 0) !== expectedVersion) return undefined;
    const row = make((this.#lastVersion += 1));
    this.#rows.set(key, row);
    return row;
  }

  delete(principal: Principal): boolean {
    return this.#rows.delete(principalKey(principal));
  }

  /** The rows after a key, in order. */
  after(principal: Principal | undefined): readonly Row[] {
    const from = principal === undefined ? "" : principalKey(principal);
    const entries = [...this.#rows].filter(([key]) => key > from);
    return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}
