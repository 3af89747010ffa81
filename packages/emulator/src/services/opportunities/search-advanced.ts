import { unprocessable } from "../../http/refusal.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import { locationOf, type Call } from "../../call/call.ts";
import { startAfter } from "../../call/start-after.ts";
import { compileFilters, type SearchFilter } from "../search/match-filter.ts";
import { opportunityField } from "./opportunity-fields.ts";
import { opportunityText } from "./opportunity-filter.ts";

/** The body of the search, as far as it decides what is found. */
interface OpportunitySearch {
  readonly query?: string;
  readonly filters?: readonly SearchFilter[];
  readonly sort?: readonly OpportunitySort[];
  readonly limit?: number;
  readonly page?: number;
  readonly searchAfter?: readonly unknown[];
}

interface OpportunitySort {
  readonly field: string;
  readonly direction: "asc" | "desc";
}

/** What a search found, and the part of it that was asked for. */
export interface FoundOpportunities {
  readonly found: readonly Opportunity[];
  readonly page: readonly Opportunity[];
  /** The values that continue the search behind an opportunity. */
  readonly cursorOf: (opportunity: Opportunity) => readonly unknown[];
}

const newestFirst: readonly OpportunitySort[] = [{ field: "createdAt", direction: "desc" }];

/** Filters, sorts and pages. @throws Refusal 422 for fields that there are not. */
export function searchOpportunities(call: Call): FoundOpportunities {
  const { state, options } = call.world;
  const locationId = locationOf(call);
  const { query = "", filters = [], sort = [], limit = 20, page, searchAfter } = call.body as OpportunitySearch;
  const fits = compileFilters(filters, (name) => opportunityField(name, locationId, state));
  const keys = (sort.length > 0 ? sort : newestFirst).map(({ field, direction }, index) => {
    const known = opportunityField(field, locationId, state);
    if (known === undefined) throw unprocessable([`sort.${index}.field ${field} cannot be sorted by`], "inferred");
    return { read: known.read, sign: direction === "asc" ? 1 : -1 };
  });
  const order = (a: Opportunity, b: Opportunity): number => {
    for (const { read, sign } of keys) {
      const by = compare(read(a), read(b)) * sign;
      if (by !== 0) return by;
    }
    return compare(a.id, b.id);
  };
  const text = query.toLowerCase();
  const found = state.opportunities
    .group(locationId)
    .filter((one) => fits(one) && (text === "" || opportunityText(one, state).includes(text)))
    .toSorted(order);
  const afterId = searchAfter?.at(-1);
  const isBehind = (one: Opportunity): boolean => {
    const steps = keys.map(({ read, sign }, index) => compare(sortValue(read(one)), searchAfter?.[index]) * sign);
    return (steps.find((step) => step !== 0) ?? compare(one.id, afterId)) > 0;
  };
  const first = options.opportunitySearchPage === "zero" ? 0 : 1;
  const start =
    afterId === undefined
      ? Math.max(0, (page ?? first) - first) * limit
      : startAfter(found, String(afterId), { idOf: ({ id }) => id, isBehind });
  return { found, page: found.slice(start, start + limit), cursorOf: (one) => [...keys.map(({ read }) => sortValue(read(one))), one.id] };
}

/** Times stand in cursors in milliseconds. */
function sortValue(value: unknown): unknown {
  const ms = typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? (value ?? null) : ms;
}

/** What is absent comes first. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
