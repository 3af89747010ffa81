import type { Priority } from "@ghlkit/core";

/** A place in a lane. The links are the lane's own. */
export interface Waiter {
  readonly priority: Priority;
  before?: Waiter | undefined;
  after?: Waiter | undefined;
}

interface Lane<W extends Waiter> {
  readonly priority: Priority;
  /** A waiter here goes next after this many went before it from lanes above. */
  readonly patience: number;
  passed: number;
  size: number;
  first: W | undefined;
  last: W | undefined;
}

/** Where each lane stands, the one that goes first at the top. */
const places: Readonly<Record<Priority, number>> = { interactive: 0, webhook: 1, bulk: 2 };

/**
 * Three queues, first in first out each. A higher lane goes first, yet no lane starves: while all are full, one call in five is
 * a `webhook` one and one in ten a `bulk` one.
 */
export class Lanes<W extends Waiter> {
  readonly #lanes: readonly Lane<W>[] = [lane("interactive", 0), lane("webhook", 4), lane("bulk", 9)];

  get size(): number {
    return this.#lanes.reduce((sum, { size }) => sum + size, 0);
  }

  sizes(): Readonly<Record<Priority, number>> {
    const [interactive, webhook, bulk] = this.#lanes as [Lane<W>, Lane<W>, Lane<W>];
    return { interactive: interactive.size, webhook: webhook.size, bulk: bulk.size };
  }

  /** How many certainly go before a newcomer. */
  ahead(priority: Priority): number {
    let sum = 0;
    for (const lane of this.#lanes) {
      sum += lane.size;
      if (lane.priority === priority) break;
    }
    return sum;
  }

  add(waiter: W): void {
    const lane = this.#laneOf(waiter);
    waiter.before = lane.last;
    if (lane.last === undefined) lane.first = waiter;
    else lane.last.after = waiter;
    lane.last = waiter;
    lane.size += 1;
  }

  /** The first of its lane: it was taken out, and nothing became of it. */
  addFirst(waiter: W): void {
    const lane = this.#laneOf(waiter);
    waiter.after = lane.first;
    if (lane.first === undefined) lane.last = waiter;
    else lane.first.before = waiter;
    lane.first = waiter;
    lane.size += 1;
  }

  /** Takes a waiter out wherever it stands. */
  remove(waiter: W): void {
    const lane = this.#laneOf(waiter);
    if (waiter.before === undefined) lane.first = waiter.after as W | undefined;
    else waiter.before.after = waiter.after;
    if (waiter.after === undefined) lane.last = waiter.before as W | undefined;
    else waiter.after.before = waiter.before;
    waiter.before = waiter.after = undefined;
    lane.size -= 1;
    if (lane.size === 0) lane.passed = 0;
  }

  /** Takes the waiter out whose turn it is, of one lane or of all. */
  shift(only?: Priority): W | undefined {
    const filled = this.#lanes.filter(({ size, priority }) => size > 0 && (only === undefined || priority === only));
    const chosen = filled.findLast(({ passed, patience }) => patience > 0 && passed >= patience) ?? filled[0];
    const waiter = chosen?.first;
    if (chosen === undefined || waiter === undefined) return undefined;
    for (const lane of filled) lane.passed += 1;
    chosen.passed = 0;
    this.remove(waiter);
    return waiter;
  }

  #laneOf(waiter: W): Lane<W> {
    return this.#lanes[places[waiter.priority]] as Lane<W>;
  }
}

function lane<W extends Waiter>(priority: Priority, patience: number): Lane<W> {
  return { priority, patience, passed: 0, size: 0, first: undefined, last: undefined };
}
