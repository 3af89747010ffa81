import type { Collection, Stored } from "./collection.ts";

/** A change, by what was there before it. */
export interface PastChange<T extends Stored> {
  readonly atMs: number;
  readonly id: string;
  /** Absent when there was nothing. */
  readonly before: T | undefined;
}

/** A collection as it was before some changes. Writes reach the real one. @param undone Those changes, oldest first. */
export function laggedCollection<T extends Stored>(collection: Collection<T>, undone: readonly PastChange<T>[]): Collection<T> {
  const past = new Map<string, T | undefined>();
  for (const { id, before } of undone) if (!past.has(id)) past.set(id, before);
  const asItWas = (records: readonly T[]): readonly T[] =>
    records.flatMap((record) => {
      const old = past.has(record.id) ? past.get(record.id) : record;
      return old === undefined ? [] : [old];
    });
  /** What is gone now and was still there. */
  const gone = (): readonly T[] => [...past.values()].filter((old) => old !== undefined && collection.get(old.id) === undefined) as T[];
  const all = (): readonly T[] => [...asItWas(collection.all()), ...gone()];
  return {
    ...collection,
    all,
    get: (id) => (past.has(id) ? past.get(id) : collection.get(id)),
    group: (key) => [...asItWas(collection.group(key)), ...gone().filter((old) => collection.groupOf(old) === key)],
    size: () => all().length,
  };
}
