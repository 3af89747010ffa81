import type { StoredDelivery } from "../inbox/inbox-delivery.ts";
import { DueHeap } from "./due-heap.ts";

/** What of a delivery decides about its turn. */
type Turn = Pick<StoredDelivery, "id" | "occurredAt" | "seq">;

/** What waits of one entity. */
export interface MemoryLane {
  readonly entity: string;
  /** In the order in which they are handled. */
  readonly waiting: Turn[];
  /** When a worker may take its first delivery; the end of the lease while one has it. `undefined` when nothing waits. */
  dueAt: number | undefined;
  /** Claim that is out; 0 for none. */
  fence: number;
  /** `occurredAt` of the newest event that was handled. */
  handledUpTo: number;
  /** Deliveries that are kept, waiting or not. */
  kept: number;
}

/** The lanes of an inbox in memory. No call looks at more lanes than it gives, however many there are. */
export class MemoryLanes {
  readonly #lanes = new Map<string, MemoryLane>();
  readonly #due = new DueHeap<MemoryLane>((lane) => lane.dueAt);

  of(entity: string): MemoryLane {
    const known = this.#lanes.get(entity);
    if (known !== undefined) return known;
    const lane: MemoryLane = { entity, waiting: [], dueAt: undefined, fence: 0, handledUpTo: Number.NEGATIVE_INFINITY, kept: 0 };
    this.#lanes.set(entity, lane);
    return lane;
  }

  /** Those that are due, the longest first. Their time has to be set anew. */
  due(now: number, limit: number): readonly MemoryLane[] {
    return this.#due.takeDue(now, limit);
  }

  setDue(lane: MemoryLane, dueAt: number | undefined): void {
    lane.dueAt = dueAt;
    if (dueAt !== undefined) this.#due.add(lane, dueAt);
  }

  /** Puts a delivery in. One that waits for its turn after a failure keeps waiting. */
  enter({ id, entity, occurredAt, seq }: StoredDelivery, now: number): void {
    const lane = this.of(entity);
    lane.waiting.splice(placeOf(lane.waiting, { id, occurredAt, seq }), 0, { id, occurredAt, seq });
    if (lane.dueAt === undefined) this.setDue(lane, now);
  }

  /** Forgets one of its deliveries, and the lane with the last of them. */
  forget(entity: string): void {
    const lane = this.of(entity);
    lane.kept -= 1;
    if (lane.kept <= 0) this.#lanes.delete(entity);
  }

  /** Takes a delivery out and frees the lane. */
  leave(lane: MemoryLane, { id, occurredAt, seq }: StoredDelivery, now: number): void {
    const at = placeOf(lane.waiting, { id, occurredAt, seq });
    if (lane.waiting[at]?.id === id) lane.waiting.splice(at, 1);
    lane.fence = 0;
    this.setDue(lane, lane.waiting.length === 0 ? undefined : now);
  }
}

/** Where it stands, or would stand, by binary search: by `occurredAt`, then by arrival. */
function placeOf(waiting: readonly Turn[], { occurredAt, seq }: Turn): number {
  let [from, to] = [0, waiting.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = waiting[middle] as Turn;
    if (other.occurredAt < occurredAt || (other.occurredAt === occurredAt && other.seq < seq)) from = middle + 1;
    else to = middle;
  }
  return from;
}
