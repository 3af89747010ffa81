import type { ListedPage, Wire } from "./kind.ts";
import { serverTime } from "./wire-values.ts";

/** Records of a page that are read again with the next one: where they are not there, others were deleted, and some were not listed. */
const overlap = 10;

/** Where the list goes on, and the ids before it. */
interface Place {
  readonly offset: number;
  readonly tail: readonly string[];
}

/** One page by its offset. */
export type ReadOffset = (
  offset: number,
) => Promise<{ readonly items: readonly Wire[]; readonly total: number | undefined; readonly headers: Headers }>;

/**
 * Pages of a list by offset. A deletion shifts what follows, so that a page by its number would leave records out: each page begins with the end of
 * the one before, and where it does not, the list goes back.
 */
export async function* offsetPages(
  read: ReadOffset,
  { id, pageSize, cursor }: { readonly id: string; readonly pageSize: number; readonly cursor: unknown },
): AsyncGenerator<ListedPage, void, undefined> {
  let place = (cursor as Place | undefined) ?? { offset: 0, tail: [] };
  for (;;) {
    const { items, total, headers } = await read(place.offset);
    const ids = items.map((item) => String(item[id]));
    const isJoined = place.tail.length === 0 || place.offset === 0 || ids.some((one) => place.tail.includes(one));
    const isWhole = place.offset === 0 && total !== undefined && items.length >= total;
    const isEnd = isJoined && (isWhole || ids.every((one) => place.tail.includes(one)));
    const next = isEnd ? undefined : isJoined ? behind(place, ids, pageSize) : { ...place, offset: Math.max(0, place.offset - pageSize) };
    yield { items, total, next, serverAt: serverTime({ headers }), calls: 1 };
    if (next === undefined) return;
    place = next;
  }
}

function behind({ offset }: Place, ids: readonly string[], pageSize: number): Place {
  const kept = Math.min(overlap, Math.floor(pageSize / 2), ids.length - 1);
  return { offset: offset + ids.length - kept, tail: ids.slice(-Math.max(kept, 1) - overlap) };
}
