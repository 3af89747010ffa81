import type { Pagination } from "@ghlkit/contract";
import { at, idOf } from "./answer-path.ts";
import type { Position } from "./resume-token.ts";

/**
 * The next position, with the ids of those that share its cursor: where that is a value of the last record, such as a time, integrators
 * report that the records of that value come again on the next page.
 */
export function tiesOf(
  pagination: Pagination,
  items: readonly unknown[],
  before: Position | undefined,
  next: Position | undefined,
): Position | undefined {
  const path = valuePath(pagination);
  const [name = ""] = pagination.cursor;
  if (next === undefined || path === undefined) return next;
  const value = JSON.stringify(next.cursor[name]);
  const own = items.filter((item) => JSON.stringify(at(item, path)) === value).map(idOf);
  const earlier = JSON.stringify(before?.cursor[name]) === value ? (before?.ties ?? []) : [];
  const ties = [...new Set([...earlier, ...own])].filter((id) => id !== undefined);
  return ties.length === 0 ? next : { ...next, ties, pageLength: items.length };
}

/** Where the cursor stands in a record; `undefined` where the answer states it, or several values make it up. */
function valuePath({ style, next = [], items }: Pagination): string | undefined {
  const [path = "", ...more] = next;
  const prefix = items === "" ? "-1." : `${items}.-1.`;
  return style === "cursor" && more.length === 0 && path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The items of a page without those that the one before gave. */
export function withoutTies(items: readonly unknown[], ties: readonly unknown[] | undefined): readonly unknown[] {
  return ties === undefined ? items : items.filter((item) => !ties.includes(idOf(item)));
}
