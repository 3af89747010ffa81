import type { Collection, Stored } from "./collection.ts";
import { createState, type State } from "./state.ts";

/** The records of an emulator at one moment: name of a collection → its records, in order of creation. It is plain data. */
export type Snapshot = Readonly<Record<string, readonly Stored[]>>;

/** What a state holds now. Records are never changed in place, so nothing is copied. */
export function takeSnapshot(state: State): Snapshot {
  return Object.fromEntries(collectionsOf(state).map(([name, collection]) => [name, collection.all()]));
}

/** A new state with the records of a snapshot. @throws Error for a collection that there is not. */
export function stateOf(snapshot: Snapshot): State {
  const state = createState();
  const collections = new Map(collectionsOf(state));
  for (const [name, records] of Object.entries(snapshot)) {
    const collection = collections.get(name);
    if (collection === undefined) throw new Error(`There is no collection ${name}: the snapshot is of another version.`);
    for (const record of records) collection.put(record);
  }
  return state;
}

function collectionsOf(state: State): readonly (readonly [string, Collection<Stored>])[] {
  return Object.entries(state) as unknown as readonly (readonly [string, Collection<Stored>])[];
}
