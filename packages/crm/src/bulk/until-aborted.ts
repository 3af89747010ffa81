import { onAbort } from "@ghlkit/core";

/** The items, until the signal fires: a source that is waiting for its next one is not waited for. @throws the signal's reason. */
export async function* untilAborted<Item>(items: AsyncIterable<Item>, signal: AbortSignal): AsyncIterableIterator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await nextOf(iterator, signal);
      if (done === true) return;
      yield value;
    }
  } finally {
    // The end of one that is waiting comes whenever its wait ends; no error of it concerns the run any more.
    void iterator.return?.().catch(() => undefined);
  }
}

function nextOf<Item>(iterator: AsyncIterator<Item>, signal: AbortSignal): Promise<IteratorResult<Item>> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const forget = onAbort(signal, () => reject(signal.reason));
    iterator.next().then(resolve, reject).finally(forget);
  });
}
