/** Calls that are carried out together. */
export interface BatchOptions<Item, Result> {
  /** Carries out many, in the order they came; results in the same order. A rejection is everybody's. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Most items of one run. */
  readonly most: number;
  /**
   * Weight of an item, such as its bytes, and the weight at which a run ends, however few its items are.
   * @default no limit
   */
  readonly weigh?: { readonly of: (item: Item) => number; readonly most: number };
  /**
   * Runs the action soon: what comes in before joins the batch. Called before each run.
   * @default a microtask
   */
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
  const { run, soon = queueMicrotask } = options;
  let gathering: Waiting<Item, Result>[] = [];
  let busy = false;

  const carryOut = async (): Promise<void> => {
    const count = countOf(gathering, options);
    const batch = gathering.slice(0, count);
    gathering = gathering.slice(count);
    await settle(batch, run);
    // Not in a loop: where a run is synchronous, everything else of the process would wait for all of them.
    if (gathering.length > 0) soon(() => void carryOut());
    else busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      gathering.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      soon(() => void carryOut());
    });
}

/** How many of the waiting make the next run: at least one. */
function countOf<Item, Result>(waiting: readonly Waiting<Item, Result>[], { most, weigh }: BatchOptions<Item, Result>): number {
  const limit = Math.min(most, waiting.length);
  if (weigh === undefined) return limit;
  let weight = 0;
  for (let count = 0; count < limit; count += 1) {
    const next = waiting[count];
    weight += next === undefined ? 0 : weigh.of(next.item);
    if (weight > weigh.most && count > 0) return count;
  }
  return limit;
}

async function settle<Item, Result>(batch: readonly Waiting<Item, Result>[], run: BatchOptions<Item, Result>["run"]): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item));
    for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
