/** Runs work at a bounded concurrency; work that shares a key runs one after the other, in the order in which it was handed in. */
export type RowLanes = (keys: readonly string[], work: () => Promise<void>) => Promise<void>;

/** @param concurrency How much work runs at a time. Work that waits for its predecessor takes no place. */
export function createRowLanes(concurrency: number): RowLanes {
  const tails = new Map<string, Promise<unknown>>();
  const withSlot = createSlots(concurrency);
  return (keys, work) => {
    const before = new Set(keys.flatMap((key) => tails.get(key) ?? []));
    const done = before.size === 0 ? withSlot(work) : Promise.all(before).then(() => withSlot(work));
    if (keys.length === 0) return done;
    const forget = (): void => {
      for (const key of keys) if (tails.get(key) === tail) tails.delete(key);
    };
    const tail: Promise<unknown> = done.then(forget, forget);
    for (const key of keys) tails.set(key, tail);
    return done;
  };
}

function createSlots(concurrency: number): (work: () => Promise<void>) => Promise<void> {
  let free = concurrency;
  // A cursor instead of shift(): the queue may hold all rows of the open batches.
  let queue: (() => void)[] = [];
  let head = 0;
  const release = (): void => {
    const next = queue[head];
    if (next === undefined) {
      free += 1;
      return;
    }
    head += 1;
    if (head > 1024) [queue, head] = [queue.slice(head), 0];
    next();
  };
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      await work();
    } finally {
      release();
    }
  };
}
