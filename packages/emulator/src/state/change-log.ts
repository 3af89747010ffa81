import type { TimeSource } from "../clock/emulator-clock.ts";
import type { Collection, Stored } from "./collection.ts";
import { laggedCollection, type PastChange } from "./lagged-collection.ts";
import type { ResourceRecord } from "./resource-record.ts";
import type { State } from "./state.ts";

/** How far back a reader sees. */
export interface Lag {
  /** Name of a collection, the first part of a resource's path (`products`), or `*`. */
  readonly resource: string;
  readonly lagMs: number;
}

/** Remembers what was there before recent changes. */
export interface ChangeLog {
  /** Follows a state from now on; what it knew of another one is forgotten. */
  readonly follow: (state: State) => void;
  /** The state as a replica that lags sees it. Writes reach the real one. */
  readonly lagging: (state: State, lags: readonly Lag[]) => State;
}

/** Nothing can lag more than this. */
const keptMs = 600_000;

/** @param isWanted Whether anything lags at all: remembering is for nothing otherwise. */
export function createChangeLog(clock: TimeSource, isWanted: () => boolean): ChangeLog {
  let changes: Record<string, LabelledChange[]> = {};
  const remember = (name: string, record: Stored | undefined, before: Stored | undefined): void => {
    if (!isWanted() || record === undefined) return;
    const nowMs = clock.now();
    const kept = (changes[name] ??= []);
    while (kept[0] !== undefined && kept[0].atMs <= nowMs - keptMs) kept.shift();
    kept.push({ atMs: nowMs, id: record.id, before, label: labelOf(name, record) });
  };
  return {
    follow(state) {
      changes = {};
      for (const [name, collection] of collectionsOf(state)) {
        collection.onChange((before, after) => remember(name, after ?? before, before));
      }
    },
    lagging(state, lags) {
      const nowMs = clock.now();
      const lagged = collectionsOf(state).flatMap(([name, collection]) => {
        const lagOf = (label: string): number =>
          Math.max(0, ...lags.filter(({ resource }) => resource === "*" || resource === label).map((lag) => lag.lagMs));
        const undone = (changes[name] ?? []).filter(({ atMs, label }) => atMs > nowMs - lagOf(label));
        return undone.length === 0 ? [] : [[name, laggedCollection(collection, undone)] as const];
      });
      return withLookups({ ...state, ...(Object.fromEntries(lagged) as Partial<State>) });
    },
  };
}

/** A change, and the name under which it lags. */
interface LabelledChange extends PastChange<Stored> {
  readonly label: string;
}

function labelOf(name: string, record: Stored): string {
  return name === "records" ? ((record as ResourceRecord).resource.split("/")[1] ?? name) : name;
}

function collectionsOf(state: State): readonly (readonly [string, Collection<Stored>])[] {
  return Object.entries(state) as unknown as readonly (readonly [string, Collection<Stored>])[];
}

/** Look-ups by something else than the id go through what the replica sees. */
function withLookups(state: State): State {
  const { contacts, conversations } = state;
  return {
    ...state,
    contacts: {
      ...contacts,
      findBy(locationId, field, value) {
        return contacts.group(locationId).find((contact) => contact[field]?.toLowerCase() === value.toLowerCase());
      },
    },
    conversations: {
      ...conversations,
      ofContact: (contactId) => conversations.all().find((conversation) => conversation.contactId === contactId),
    },
  };
}
