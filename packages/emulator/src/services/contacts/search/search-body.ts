import { unprocessable } from "../../../server/refusal.ts";
import type { Call } from "../../call.ts";

/** One condition, or a group of them. */
export type ContactFilter =
  | { readonly field: string; readonly operator: string; readonly value?: unknown }
  | { readonly group: "AND" | "OR"; readonly filters: readonly ContactFilter[] };

export interface ContactSort {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

/** The body of a contact search, read and valid. */
export interface ContactSearch {
  readonly pageLimit: number;
  /** From 1; absent when `searchAfter` is there. */
  readonly page?: number;
  readonly searchAfter?: readonly unknown[];
  readonly query?: string;
  readonly filters: readonly ContactFilter[];
  readonly sort: readonly ContactSort[];
}

const maximumPageLimit = 500;
/** By page number no more than this many records can be reached. */
const maximumReach = 10_000;
const maximumQueryLength = 75;
const known = new Set(["locationId", "page", "pageLimit", "searchAfter", "query", "filters", "sort"]);

/**
 * Reads the body of a contact search, whose grammar the API documents leave out.
 * @throws Refusal 422 with everything that is wrong.
 */
export function readContactSearch({ body }: Call): ContactSearch {
  const messages = Object.keys(body)
    .filter((name) => !known.has(name))
    .map((name) => `property ${name} should not exist`);
  const expect = (holds: boolean, message: string): void => void (holds || messages.push(message));
  const { locationId, pageLimit, page, searchAfter, query, filters = [], sort = [] } = body as Partial<Record<string, unknown>>;
  expect(typeof locationId === "string" && locationId !== "", "locationId should not be empty");
  if (pageLimit === undefined) messages.push("pageLimit should not be empty");
  else expect(isCount(pageLimit), "pageLimit must be a number conforming to the specified constraints");
  if (isCount(pageLimit)) expect(pageLimit <= maximumPageLimit, `pageLimit must not be greater than ${maximumPageLimit}`);
  expect(page === undefined || isCount(page), "page must not be less than 1");
  expect(searchAfter === undefined || Array.isArray(searchAfter), "searchAfter must be an array");
  expect(page === undefined || searchAfter === undefined, "page and searchAfter cannot be used together");
  if (isCount(page) && isCount(pageLimit)) {
    expect(page * pageLimit <= maximumReach, `page and pageLimit must not reach beyond ${maximumReach} records: use searchAfter`);
  }
  expect(query === undefined || typeof query === "string", "query must be a string");
  if (typeof query === "string")
    expect(query.length <= maximumQueryLength, `query must be shorter than or equal to ${maximumQueryLength} characters`);
  expect(Array.isArray(filters), "filters must be an array");
  expect(Array.isArray(sort) && sort.length <= 2, "sort must contain no more than 2 elements");
  if (messages.length > 0) throw unprocessable(messages);
  return {
    pageLimit: pageLimit as number,
    ...(searchAfter === undefined ? { page: (page as number | undefined) ?? 1 } : { searchAfter: searchAfter as unknown[] }),
    ...(typeof query === "string" && query !== "" && { query }),
    filters: filters as ContactFilter[],
    sort: (sort as ContactSort[]).map((item) => ({ field: item.field, direction: item.direction === "desc" ? "desc" : "asc" })),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
