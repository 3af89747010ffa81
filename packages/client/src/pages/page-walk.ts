import type { Operation, Pagination } from "@ghlkit/contract";
import { ghlError, type GhlError } from "@ghlkit/core";
import { at, idOf, itemsAt } from "./answer-path.ts";
import type { Page, WithResponse } from "../call/call-types.ts";
import { pageFields, pageInput } from "./page-request.ts";
import { PageResult } from "./page-result.ts";
import type { Input } from "../request/request-builder.ts";
import { encodeResume, type Position } from "./resume-token.ts";
import { tiesOf, withoutTies } from "./ties.ts";

/** What a walk needs of the call that started it. */
export interface Walk<Data> {
  readonly operation: Operation;
  readonly pagination: Pagination;
  readonly input: Input;
  readonly start: Position | undefined;
  readonly first: () => Promise<WithResponse<Data>>;
  readonly fetch: (input: Input) => Promise<WithResponse<Data>>;
}

/**
 * Walks the pages of a list. It ends where the platform states no further cursor, where the total is reached (unless it
 * may be a cap), or at an empty page that hands out nothing new; a short page is no end, since the platform may serve
 * smaller pages than asked for. Records that share the value of a cursor are given once, whether the platform gives them again or not.
 * @throws GhlError `invalid_response` when a cursor or a page comes twice, and for a full page of records that were all given before.
 */
export async function* walkPages<Data, Item>(walk: Walk<Data>): AsyncGenerator<Page<Data, Item>, void, undefined> {
  const { operation, pagination } = walk;
  const seen = new Set<string>();
  let position = walk.start;
  let before: readonly unknown[] = [];
  let result = await walk.first();
  for (let number = 1; ; number += 1) {
    const found = itemsAt(operation, result.data, pagination.items);
    if (isSamePage(before, found)) throw stuck(operation, "the same page");
    const items = withoutTies(found, position?.ties);
    const input = pageInput(pagination, walk.input, position);
    const next = tiesOf(pagination, found, position, nextPosition(pagination, input, result.data, items.length, position?.done ?? 0));
    const isTiesAlone = next === undefined && items.length === 0 && found.length > 0;
    const isFull = found.length >= (position?.pageLength ?? Infinity);
    if (isTiesAlone && isFull && !isDone(pagination, result.data, position?.done ?? 0))
      throw stuck(operation, `the cursor ${JSON.stringify(position?.cursor)}`);
    const resume = next === undefined ? undefined : encodeResume(operation, next);
    yield new PageResult(result, { items: items as readonly Item[], number, total: totalAt(result.data, pagination.total), resume });
    if (next === undefined || resume === undefined) return;
    const key = JSON.stringify(next.cursor);
    if (seen.has(key)) throw stuck(operation, `the cursor ${key}`);
    seen.add(key);
    position = next;
    before = found;
    result = await walk.fetch(pageInput(pagination, walk.input, next));
  }
}

function nextPosition(pagination: Pagination, input: Input, data: unknown, count: number, doneBefore: number): Position | undefined {
  const done = doneBefore + count;
  if (pagination.style === "cursor") return nextCursor(pagination, input, data, count, done);
  if (count === 0) return undefined;
  const [name = ""] = pagination.cursor;
  const given = pageFields(pagination, input)[name];
  const offset = pagination.style === "offset";
  const now = given === undefined ? (offset ? 0 : (pagination.base ?? 1)) : Number(given);
  const next = offset ? now + count : now + 1;
  const total = reliableTotal(pagination, data);
  if (total !== undefined && (offset ? next : done) >= total) return undefined;
  return { cursor: { [name]: pagination.asString === true ? String(next) : next }, done };
}

/** Totals from here on may be a cap of the search index rather than a count. */
const cappedTotal = 10_000;

function nextCursor(pagination: Pagination, input: Input, data: unknown, count: number, done: number): Position | undefined {
  const cursor = carried(pagination, data);
  if (cursor === undefined) return undefined;
  if (count === 0) {
    // An answer that carries its cursor itself may be empty and go on; one that hands the same cursor back is over.
    const fields = pageFields(pagination, input);
    const isSame = Object.entries(cursor).every(([name, value]) => JSON.stringify(fields[name]) === JSON.stringify(value));
    return isSame ? undefined : { cursor, done };
  }
  return isDone(pagination, data, done) ? undefined : { cursor, done };
}

/** Whether a total that is no cap is reached. */
function isDone(pagination: Pagination, data: unknown, done: number): boolean {
  const total = reliableTotal(pagination, data);
  return total !== undefined && total < cappedTotal && done >= total;
}

/** Values of the answer that the next request carries: all of them, or there is no next page. */
function carried(pagination: Pagination, data: unknown): Position["cursor"] | undefined {
  const entries = pagination.cursor.map((name, index) => [name, at(data, pagination.next?.[index] ?? "")] as const);
  const complete = entries.every(([, value]) => value !== undefined && value !== null && value !== "");
  return complete ? Object.fromEntries(entries) : undefined;
}

/** A field called `count` may count the page alone, so only a `total` may end a walk. */
function reliableTotal(pagination: Pagination, data: unknown): number | undefined {
  if (pagination.total === undefined || !/total/i.test(pagination.total)) return undefined;
  const total = totalAt(data, pagination.total);
  return total === 0 ? undefined : total;
}

function totalAt(data: unknown, path: string | undefined): number | undefined {
  const value = path === undefined ? undefined : at(data, path);
  const total = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof total === "number" && Number.isFinite(total) ? total : undefined;
}

/** A platform that ignores the offset serves the first page for ever. Recognised by the ids: what has none may well repeat. */
function isSamePage(before: readonly unknown[], items: readonly unknown[]): boolean {
  const first = idOf(items[0]);
  return first !== undefined && before.length === items.length && idOf(before[0]) === first && idOf(before.at(-1)) === idOf(items.at(-1));
}

function stuck(operation: Operation, what: string): GhlError {
  const message = `${operation.id}: the platform handed out ${what} twice: the list would never end.`;
  return ghlError("invalid_response", message, { status: 200 }, { operation: operation.id });
}
