/** Merges sources that are in order each. A source is read when its turn comes, no further. */
export async function* mergeInOrder<Item>(
  sources: readonly AsyncIterable<Item>[],
  compare: (a: Item, b: Item) => number,
): AsyncGenerator<Item, void, undefined> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      let next: number | undefined;
      for (const [index, head] of heads.entries()) {
        if (head.done === true) continue;
        const best = next === undefined ? undefined : heads[next];
        if (best === undefined || best.done === true || compare(head.value, best.value) < 0) next = index;
      }
      if (next === undefined) return;
      yield (heads[next] as IteratorYieldResult<Item>).value;
      heads[next] = await (iterators[next] as AsyncIterator<Item>).next();
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.();
  }
}
