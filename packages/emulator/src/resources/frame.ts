import { resolve, type Schema } from "../contract/open-api.ts";
import type { Call } from "../call/call.ts";
import { nowIso } from "../call/call.ts";
import type { Fields } from "../state/resource-record.ts";
import { flatSchema } from "./flat-schema.ts";
import type { ListPage } from "./list-page.ts";

/** What answers of success say besides their record, under the names that services use. */
export function confirmation(call: Call): Fields {
  const { status } = call.success;
  return { success: true, succeeded: true, succeded: true, status: true, statusCode: status, ok: true, updated: true, message: "Success" };
}

/** A record at its place in an answer, the confirmation around it. */
export function recordFrame(call: Call, path: string, record: unknown, beside: Fields = {}): unknown {
  const around = { ...confirmation(call), ...beside };
  if (path !== "") return placed({ ...around, results: around, data: around }, path, record);
  return Array.isArray(record) ? record : { ...around, ...(record as Fields) };
}

/** An answer that only confirms what became of a record; its ids may stand at the root or one step below. */
export function confirmationFrame(call: Call, record: Fields, isGone: boolean, beside: Fields = {}): Fields {
  const all = { ...record, ...confirmation(call), ...(isGone && { deleted: true, deletedAt: nowIso(call) }), ...beside };
  return { ...all, data: all, results: all };
}

/** A page at its place in an answer, with what says how much there is. */
export function listFrame(call: Call, path: string, items: readonly Fields[], page: ListPage, listName = "items"): unknown {
  if (path === "" && isList(call)) return items;
  const counts = countsOf(page);
  const around = { ...confirmation(call), ...counts };
  const frame = { ...around, meta: counts, pagination: counts, data: around, results: { ...around, meta: counts } };
  const place = path === "" ? listName : path;
  const whole = placed(frame, place, items);
  const next = call.operation.pagination?.next?.[0];
  const last = page.records.at(-1)?.recordId;
  return next === undefined || next.includes(".-1.") || !page.hasMore || last === undefined ? whole : placed(whole, next, last);
}

function countsOf({ total, size, start, hasMore, records }: ListPage): Fields {
  const currentPage = size > 0 ? Math.floor(start / size) + 1 : 1;
  return {
    total,
    totalCount: total,
    totalLinks: total,
    count: total,
    hasMore,
    hasNext: hasMore,
    hasPrev: start > 0,
    page: currentPage,
    currentPage,
    nextPage: hasMore ? currentPage + 1 : null,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
    totalPages: size > 0 ? Math.ceil(total / size) : 1,
    pageSize: size,
    limit: size,
    skip: start,
    offset: start,
    shown: records.length,
  };
}

function isList({ success, document }: Call): boolean {
  return success.schema !== undefined && flatSchema(resolve<Schema>(document, success.schema), document).items !== undefined;
}

/** A copy with a value at a dotted path. */
export function placed(frame: Fields, path: string, value: unknown): Fields {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...frame, [name]: value };
  return { ...frame, [name]: placed((frame[name] ?? {}) as Fields, rest.join("."), value) };
}
