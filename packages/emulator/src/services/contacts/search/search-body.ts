import { badRequest, unprocessable } from "../../../http/refusal.ts";
import type { Call } from "../../../call/call.ts";
import type { SearchFilter } from "../../search/match-filter.ts";

export interface ContactSort {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

/** The body of a contact search. */
export interface ContactSearch {
  readonly pageLimit: number;
  /** From 1; it does not go together with `searchAfter`. */
  readonly page?: number;
  readonly searchAfter?: readonly unknown[];
  readonly query?: string;
  readonly filters?: readonly SearchFilter[];
  readonly sort?: readonly ContactSort[];
}

/** By page number no more than this many records can be reached. */
const maximumReach = 10_000;

/**
 * Reads the body of a contact search. Its form is the contract's business; what is checked here is how fields go
 * together.
 * @throws Refusal 422 with everything that is wrong.
 */
export function readContactSearch({ body, world }: Call): ContactSearch {
  const search = body as unknown as ContactSearch;
  const messages: string[] = [];
  if (search.page !== undefined && search.searchAfter !== undefined) messages.push("page and searchAfter cannot be used together");
  if ((search.page ?? 1) * search.pageLimit > maximumReach) {
    messages.push(`page and pageLimit must not reach beyond ${maximumReach} records: use searchAfter`);
  }
  if (search.filters === undefined && world.options.searchFilters === "required")
    throw badRequest("filters should not be empty", {}, "reported");
  if (messages.length > 0) throw unprocessable(messages, "inferred");
  return search;
}
