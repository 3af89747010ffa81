import type { Contact } from "../../../state/contact.ts";
import type { ContactSort } from "./search-body.ts";

/**
 * A page of contacts by the time of their creation, without sorting all of them: they are kept in that order. Of those that were created at
 * the same moment only the ones around the page are sorted, by id.
 * @param found In order of creation.
 * @returns `undefined` for another sort, or when the times are in another order (a clock that was set back).
 */
export function newestPage(
  found: readonly Contact[],
  sort: readonly ContactSort[],
  start: number,
  limit: number,
): readonly Contact[] | undefined {
  const [{ field, direction } = { field: "", direction: "desc" }, ...others] = sort;
  if (field !== "dateAdded" || others.length > 0 || !isInOrder(found)) return undefined;
  const end = Math.min(start + limit, found.length);
  const page: Contact[] = [];
  const isNewestFirst = direction === "desc";
  let rank = 0;
  let at = isNewestFirst ? found.length - 1 : 0;
  while (rank < end && at >= 0 && at < found.length) {
    const twins = twinsAt(found, at, isNewestFirst ? -1 : 1);
    if (rank + twins.length > start) page.push(...byId(twins).slice(Math.max(0, start - rank), end - rank));
    rank += twins.length;
    at += isNewestFirst ? -twins.length : twins.length;
  }
  return page;
}

function isInOrder(contacts: readonly Contact[]): boolean {
  for (let index = 1; index < contacts.length; index += 1) {
    if ((contacts[index - 1] as Contact).dateAdded > (contacts[index] as Contact).dateAdded) return false;
  }
  return true;
}

/** Contacts of one moment, from `at` on. */
function twinsAt(found: readonly Contact[], at: number, step: 1 | -1): readonly Contact[] {
  const { dateAdded } = found[at] as Contact;
  let end = at;
  while (found[end + step]?.dateAdded === dateAdded) end += step;
  return found.slice(Math.min(at, end), Math.max(at, end) + 1);
}

function byId(contacts: readonly Contact[]): readonly Contact[] {
  return contacts.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
