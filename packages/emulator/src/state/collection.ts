/** What every stored record has. Records are replaced, never changed in place. */
export interface Stored {
  readonly id: string;
}

/** Called after a change. `before` is absent for new records, `after` for deleted ones. */
export type ChangeListener<T extends Stored> = (before: T | undefined, after: T | undefined) => void;

/** Records by id, in order of creation, with one grouping: by location, by contact, by conversation. */
export interface Collection<T extends Stored> {
  readonly get: (id: string) => T | undefined;
  readonly put: (record: T) => T;
  /** `false` when there was nothing to delete. */
  readonly delete: (id: string) => boolean;
  /** Records of one group, in order of creation. */
  readonly group: (key: string) => readonly T[];
  /** Every record, in order of creation. */
  readonly all: () => readonly T[];
  readonly size: () => number;
  /** Key of the group that a record belongs to. */
  readonly groupOf: (record: T) => string;
  readonly onChange: (listener: ChangeListener<T>) => void;
}

/** @param groupOf Key of the group a record belongs to; a record that changes it moves to the end of the other one. */
export function createCollection<T extends Stored>(groupOf: (record: T) => string): Collection<T> {
  const records = new Map<string, T>();
  const groups = new Map<string, Map<string, T>>();
  const listeners: ChangeListener<T>[] = [];
  const groupFor = (key: string): Map<string, T> => {
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = new Map()));
    return group;
  };
  return {
    get: (id) => records.get(id),
    put(record) {
      const before = records.get(record.id);
      if (before !== undefined && groupOf(before) !== groupOf(record)) groupFor(groupOf(before)).delete(record.id);
      records.set(record.id, record);
      groupFor(groupOf(record)).set(record.id, record);
      for (const listener of listeners) listener(before, record);
      return record;
    },
    delete(id) {
      const record = records.get(id);
      if (record === undefined) return false;
      groupFor(groupOf(record)).delete(id);
      records.delete(id);
      for (const listener of listeners) listener(record, undefined);
      return true;
    },
    group: (key) => [...(groups.get(key)?.values() ?? [])],
    all: () => [...records.values()],
    size: () => records.size,
    groupOf,
    onChange: (listener) => void listeners.push(listener),
  };
}
