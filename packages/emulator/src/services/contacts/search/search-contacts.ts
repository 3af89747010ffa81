import { unprocessable } from "../../../http/refusal.ts";
import type { Contact } from "../../../state/contact.ts";
import type { World } from "../../../world.ts";
import { filterField, searchText, sortKey } from "./filter-fields.ts";
import { compileFilters } from "../../search/match-filter.ts";
import { newestPage } from "./newest-page.ts";
import type { ContactSearch, ContactSort } from "./search-body.ts";

/** A page of contacts, each with the cursor that continues after it. */
export interface ContactPage {
  readonly items: readonly { readonly contact: Contact; readonly searchAfter: readonly unknown[] }[];
  readonly total: number;
}

const newestFirst: ContactSort = { field: "dateAdded", direction: "desc" };

/** Searches the contacts of a location. The cursor of an item is its sort values and its id. */
export function searchContacts(search: ContactSearch, locationId: string, world: World): ContactPage {
  const fits = compileFilters(search.filters ?? [], (name) => filterField(name, locationId, world));
  const query = search.query?.toLowerCase() ?? "";
  const found = world.state.contacts
    .group(locationId)
    .filter((contact) => fits(contact) && (query === "" || searchText(contact).includes(query)) && !isBeingIndexed(contact, world));
  const sort = search.sort && search.sort.length > 0 ? search.sort : [newestFirst];
  const cursorOf = cursorReader(sort);
  const page =
    search.searchAfter === undefined ? newestPage(found, sort, ((search.page ?? 1) - 1) * search.pageLimit, search.pageLimit) : undefined;
  if (page !== undefined) return { items: page.map((contact) => ({ contact, searchAfter: cursorOf(contact) })), total: found.length };
  const ordered = found
    .map((contact) => ({ contact, searchAfter: cursorOf(contact) }))
    .toSorted((a, b) => compare(a.searchAfter, b.searchAfter, sort));
  const start = startOf(search, ordered, sort);
  return { items: ordered.slice(start, start + search.pageLimit), total: found.length };
}

/** From 4 s to 10 s after a write the live index knew nothing of a contact (seen twice by one integrator). */
function isBeingIndexed({ dateUpdated }: Contact, { clock, options }: World): boolean {
  if (options.contactIndex !== "lagging") return false;
  const ageMs = clock.now() - Date.parse(dateUpdated);
  return ageMs >= 4000 && ageMs < 10_000;
}

function startOf(
  search: ContactSearch,
  ordered: readonly { readonly searchAfter: readonly unknown[] }[],
  sort: readonly ContactSort[],
): number {
  const { searchAfter } = search;
  if (searchAfter === undefined) return ((search.page ?? 1) - 1) * search.pageLimit;
  if (searchAfter.length !== sort.length + 1) throw unprocessable(["searchAfter does not belong to this sort"], "inferred");
  const next = ordered.findIndex((item) => compare(item.searchAfter, searchAfter, sort) > 0);
  return next < 0 ? ordered.length : next;
}

function cursorReader(sort: readonly ContactSort[]): (contact: Contact) => readonly unknown[] {
  const keys = sort.map(({ field }, index) => {
    const key = sortKey(field);
    if (key === undefined) throw unprocessable([`sort.${index}.field ${field} cannot be sorted by`], "inferred");
    return key;
  });
  return (contact) => [...keys.map((key) => key(contact) ?? null), contact.id];
}

/** Sort values in turn, then the id, so that the order is total and a cursor is exact. */
function compare(a: readonly unknown[], b: readonly unknown[], sort: readonly ContactSort[]): number {
  for (const [index, { direction }] of sort.entries()) {
    const order = compareValues(a[index], b[index]);
    if (order !== 0) return direction === "asc" ? order : -order;
  }
  return compareValues(a.at(-1), b.at(-1));
}

function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
