interface Entry<Item> {
  readonly item: Item;
  readonly dueAt: number;
  /** Of those that are due at the same time the first that came in goes first. */
  readonly order: number;
}

/** Items by the time they are due: a binary heap. An entry whose item has another time by now is passed over. */
export class DueHeap<Item> {
  readonly #timeOf: (item: Item) => number | undefined;
  readonly #heap: Entry<Item>[] = [];
  #count = 0;

  constructor(timeOf: (item: Item) => number | undefined) {
    this.#timeOf = timeOf;
  }

  add(item: Item, dueAt: number): void {
    const heap = this.#heap;
    const entry = { item, dueAt, order: (this.#count += 1) };
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Entry<Item>;
      if (!isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  /** Takes what is due out, each item once. */
  takeDue(now: number, limit: number): readonly Item[] {
    const taken = new Set<Item>();
    for (let first = this.#heap[0]; first !== undefined && first.dueAt <= now && taken.size < limit; first = this.#heap[0]) {
      this.#takeFirst();
      if (this.#timeOf(first.item) === first.dueAt) taken.add(first.item);
    }
    return [...taken];
  }

  #takeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (let below = 1; below < heap.length; below = at * 2 + 1) {
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Entry<Item>, heap[below] as Entry<Item>)) below += 1;
      if (!isBefore(heap[below] as Entry<Item>, last)) break;
      heap[at] = heap[below] as Entry<Item>;
      at = below;
    }
    heap[at] = last;
  }
}

function isBefore<Item>(a: Entry<Item>, b: Entry<Item>): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order);
}
