import { abortedError } from "@ghlkit/core";

/**
 * Works through items, some at a time; the next is fetched only when a worker is free. The work handles its own failures.
 * @throws GhlError `aborted` after what is under way has ended.
 */
export async function inParallel<Item>(
  items: AsyncIterable<Item>,
  { concurrency, signal }: { readonly concurrency: number; readonly signal?: AbortSignal | undefined },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let next: Promise<unknown> = Promise.resolve();
  // An iterator is asked one thing at a time.
  const take = (): Promise<IteratorResult<Item>> => {
    const taken = next.then(() => iterator.next());
    next = taken.catch(() => undefined);
    return taken;
  };
  const worker = async (): Promise<void> => {
    while (signal?.aborted !== true) {
      const { done, value } = await take();
      if (done === true) return;
      await work(value as Item);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, worker));
  await iterator.return?.();
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  if (signal?.aborted === true) throw abortedError(signal);
}

/** A list as something to work through. */
export async function* eachOf<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, undefined> {
  yield* items;
}
