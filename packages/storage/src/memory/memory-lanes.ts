import type { StoredDelivery } from "../inbox/inbox-delivery.ts";

/** A delivery in memory: replaced as a whole when it changes. */
export type MemoryDelivery = StoredDelivery;

/** What waits of one entity. */
export interface MemoryLane {
  readonly entity: string;
  readonly waiting: Set<string>;
  /** When a worker may take its first delivery; the end of the lease while one has it. `undefined` when nothing waits. */
  dueAt: number | undefined;
  /** Claim that is out; 0 for none. */
  fence: number;
  /** `occurredAt` of the newest event that was handled. */
  handledUpTo: number;
}

/** The lanes of an inbox in memory. */
export class MemoryLanes {
  readonly #lanes = new Map<string, MemoryLane>();

  of(entity: string): MemoryLane {
    const known = this.#lanes.get(entity);
    if (known !== undefined) return known;
    const lane: MemoryLane = { entity, waiting: new Set(), dueAt: undefined, fence: 0, handledUpTo: Number.NEGATIVE_INFINITY };
    this.#lanes.set(entity, lane);
    return lane;
  }

  due(now: number, limit: number): readonly MemoryLane[] {
    const due = [...this.#lanes.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
    return due.toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, limit);
  }

  /** Puts a delivery in. One that waits for its turn after a failure keeps waiting. */
  enter(entity: string, id: string, now: number): void {
    const lane = this.of(entity);
    lane.waiting.add(id);
    lane.dueAt ??= now;
  }

  /** Of these entities those of which there is nothing left. */
  forget(entities: Iterable<string>, known: ReadonlySet<string>): void {
    for (const entity of entities) if (!known.has(entity)) this.#lanes.delete(entity);
  }

  /** Takes a delivery out and frees the lane. */
  leave(lane: MemoryLane, id: string, now: number): void {
    lane.waiting.delete(id);
    lane.fence = 0;
    lane.dueAt = lane.waiting.size === 0 ? undefined : now;
  }
}
