import type { Operation } from "../contract/contract-source.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";

/** One page of a list. */
export interface ListPage {
  readonly records: readonly ResourceRecord[];
  readonly total: number;
  readonly size: number;
  readonly start: number;
  readonly hasMore: boolean;
}

/** Cuts the page that a request names out of the found records. Lists whose operation takes no paging parameter are given whole. */
export function listPage(
  found: readonly ResourceRecord[],
  given: Fields,
  { pagination }: Pick<Operation, "pagination">,
  usualSize: number,
): ListPage {
  const total = found.length;
  const sizeGiven = Number(given[pagination?.size ?? ""] ?? given["limit"] ?? given["pageSize"] ?? given["pageLimit"]);
  const isPaged = pagination !== null || Number.isFinite(sizeGiven);
  if (!isPaged) return { records: found, total, size: total, start: 0, hasMore: false };
  const size = sizeGiven > 0 ? sizeGiven : Math.min(pagination?.max ?? usualSize, usualSize);
  const start = startOf(found, given, pagination, size);
  const records = found.slice(start, start + size);
  return { records, total, size, start, hasMore: start + records.length < total };
}

function startOf(found: readonly ResourceRecord[], given: Fields, pagination: Operation["pagination"], size: number): number {
  const cursor = pagination?.cursor[0] ?? ["skip", "offset", "page"].find((name) => given[name] !== undefined) ?? "skip";
  const value = given[cursor] ?? pagination?.first?.[cursor];
  if (value === undefined || value === null || value === "") return 0;
  if (pagination?.style === "cursor") {
    const at = found.findIndex(({ recordId }) => recordId === String(value));
    // A cursor that names nothing is the end: a list that began again would have no end.
    return at < 0 ? found.length : at + 1;
  }
  const number = Math.max(0, Number(value) || 0);
  return pagination?.style === "page" || cursor === "page" ? Math.max(0, number - (pagination?.base ?? 1)) * size : number;
}
