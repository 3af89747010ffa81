/** Calls that are carried out together. */
export interface BatchOptions<Item, Result> {
  /** Carries out many, in the order they came; results in the same order. A rejection is everybody's. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Most items of one run. */
  readonly most: number;
  /** Runs the action soon: what comes in before joins the batch. Default: a microtask. */
  readonly soon?: (action: () => void) => void;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: while one batch is carried out, the next one gathers. Under load many calls share one commit, and without load
 * none waits for another.
 */
export function createBatches<Item, Result>(options: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  const { run, most, soon = queueMicrotask } = options;
  let gathering: Waiting<Item, Result>[] = [];
  let busy = false;

  const carryOut = async (): Promise<void> => {
    while (gathering.length > 0) {
      const batch = gathering.slice(0, most);
      gathering = gathering.slice(most);
      await settle(batch, run);
    }
    busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      gathering.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      soon(() => void carryOut());
    });
}

async function settle<Item, Result>(batch: readonly Waiting<Item, Result>[], run: BatchOptions<Item, Result>["run"]): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item));
    for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
