import type { ListedPage } from "./kind.ts";

/** A stretch of time, ms since epoch; open where it has no bound. */
export interface TimeRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** A stretch, and how far it is read. */
interface Slice extends TimeRange {
  readonly resume?: string;
  readonly isDone?: boolean;
  readonly total?: number;
}

/** Where the list goes on. */
interface Place {
  readonly slices: readonly Slice[];
}

/** Slices for each page that is under way: where records are not spread evenly, who is done early takes another. */
const slicesPerPage = 4;

/** Pages of one stretch, from where it was read. */
export type ReadRange = (range: TimeRange, resume: string | undefined) => AsyncIterable<ListedPage>;

/**
 * Pages of a list in stretches of time, several at a time. A page is kept with how far every stretch is read; those under way then are read again after
 * a crash.
 * @param bounds Times of the first and the last record.
 */
export async function* partitionedPages(
  read: ReadRange,
  {
    cursor,
    pagesAtATime,
    bounds,
  }: { readonly cursor: unknown; readonly pagesAtATime: number; readonly bounds: () => Promise<readonly [number, number]> },
): AsyncGenerator<ListedPage, void, undefined> {
  let { slices } = (cursor as Place | undefined) ?? { slices: slicesOf(await bounds(), pagesAtATime * slicesPerPage) };
  const waiting = slices.flatMap((slice, index) => (slice.isDone === true ? [] : [index]));
  const active = new Map<number, Promise<Step>>();
  const iterators = new Map<number, AsyncIterator<ListedPage>>();
  const goOn = (index: number): void => {
    const slice = slices[index] as Slice;
    const iterator = iterators.get(index) ?? read(slice, slice.resume)[Symbol.asyncIterator]();
    iterators.set(index, iterator);
    const step = iterator.next().then((result) => ({ index, result }));
    // Who stops at the failure of another one never looks at it.
    step.catch(() => undefined);
    active.set(index, step);
  };
  for (const index of waiting.splice(0, pagesAtATime)) goOn(index);
  while (active.size > 0) {
    const { index, result } = await Promise.race(active.values());
    active.delete(index);
    if (result.done === true) {
      const another = waiting.shift();
      if (another !== undefined) goOn(another);
      continue;
    }
    const page = result.value;
    slices = slices.with(index, sliceAfter(slices[index] as Slice, page));
    goOn(index);
    const isLast = slices.every(({ isDone }) => isDone === true);
    const total = isLast ? slices.reduce((sum, { total: some = 0 }) => sum + some, 0) : undefined;
    yield { ...page, total, next: isLast ? undefined : ({ slices } satisfies Place) };
  }
}

interface Step {
  readonly index: number;
  readonly result: IteratorResult<ListedPage>;
}

function sliceAfter(slice: Slice, { next, total = 0 }: ListedPage): Slice {
  const { resume: _, ...rest } = slice;
  return typeof next === "string" ? { ...rest, resume: next, total } : { ...rest, isDone: true, total };
}

/** Stretches of one length; the first and the last are open, since records may be added at either end. */
function slicesOf([first, last]: readonly [number, number], count: number): readonly Slice[] {
  const step = Math.max(1, Math.ceil((last - first + 1) / count));
  return Array.from({ length: count }, (_, at) => ({
    from: at === 0 ? undefined : first + at * step,
    to: at === count - 1 ? undefined : first + (at + 1) * step,
  }));
}
