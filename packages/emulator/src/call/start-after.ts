/**
 * Where the page begins that follows a cursor. A record that is gone leaves its place to the first one behind it; where that place is not known
 * the list is over: one that began again would have no end.
 *
 * @param id Of the record that the page before ended with.
 * @param isBehind Whether a record stands behind that place.
 */
export function startAfter<Item>(
  found: readonly Item[],
  id: string,
  of: { readonly idOf: (item: Item) => string; readonly isBehind?: (item: Item) => boolean },
): number {
  const at = found.findIndex((item) => of.idOf(item) === id);
  if (at >= 0) return at + 1;
  const next = of.isBehind === undefined ? -1 : found.findIndex(of.isBehind);
  return next < 0 ? found.length : next;
}
