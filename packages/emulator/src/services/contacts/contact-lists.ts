import { reply } from "../../http/answer.ts";
import type { Contact } from "../../state/contact.ts";
import { locationOf, nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { startAfter } from "../../call/start-after.ts";
import { contactAppointmentView } from "../calendars/appointment-view.ts";
import { contactListItem } from "./contact-view.ts";
import { contactOf } from "./find-contact.ts";
import { searchText } from "./search/filter-fields.ts";
import { readContactSearch } from "./search/search-body.ts";
import { searchContacts } from "./search/search-contacts.ts";

/** Everything that answers with several contacts, and the appointments of one. */
export const contactListHandlers: Handlers = {
  "contacts.search": (call) => {
    const { items, total } = searchContacts(readContactSearch(call), locationOf(call), call.world);
    const views = listItems(
      call,
      items.map((item) => item.contact),
    );
    const contacts = views.map((view, index) => ({ ...view, searchAfter: items[index]?.searchAfter }));
    return reply(200, { contacts, total });
  },

  "contacts.list": (call) => {
    const limit = queryNumber(call, "limit", 20);
    const found = matching(call, call.world.state.contacts.group(locationOf(call))).toSorted(newestFirst);
    const after = queryText(call, "startAfterId");
    const isBehind = isAddedBefore(queryNumber(call, "startAfter", Number.NaN), after);
    const start = after === undefined ? 0 : startAfter(found, after, { idOf: ({ id }) => id, isBehind });
    const page = found.slice(start, start + limit);
    return reply(200, {
      contacts: listItems(call, page).map(olderListItem),
      count: found.length,
      meta: listMeta(call, page, found, start, limit),
    });
  },

  "contacts.listByBusiness": (call) => {
    const inBusiness = call.world.state.contacts
      .group(locationOf(call))
      .filter((contact) => contact.businessId === param(call, "businessId"));
    const found = matching(call, inBusiness);
    const skip = queryNumber(call, "skip", 0);
    const page = found.slice(skip, skip + queryNumber(call, "limit", 25));
    return reply(200, { contacts: listItems(call, page).map(olderListItem), count: found.length });
  },

  "contacts.listAppointments": (call) => {
    const { id, locationId } = contactOf(call);
    const events = call.world.state.appointments
      .group(locationId)
      .filter((appointment) => appointment.contactId === id && appointment.deleted !== true);
    return reply(200, { events: events.map((event) => contactAppointmentView(event, call.world)) });
  },

  "contacts.bulkUpdateBusiness": (call) => {
    const { state } = call.world;
    const { ids, businessId } = call.body as { ids: readonly string[]; businessId: string | null };
    const found = ids.flatMap((id) => state.contacts.get(id) ?? []).filter((contact) => contact.locationId === locationOf(call));
    for (const contact of found) {
      const { businessId: _, ...rest } = contact;
      state.contacts.put({ ...rest, ...(businessId && { businessId }), dateUpdated: nowIso(call) });
    }
    return reply(200, { success: true, ids: found.map((contact) => contact.id) });
  },
};

function matching(call: Call, contacts: readonly Contact[]): readonly Contact[] {
  const query = queryText(call, "query")?.toLowerCase();
  return query === undefined ? contacts : contacts.filter((contact) => searchText(contact).includes(query));
}

/** Whether a contact stands behind the place of another in {@link newestFirst}. */
function isAddedBefore(addedAtMs: number, id = ""): (contact: Contact) => boolean {
  return (contact) => {
    const behindMs = addedAtMs - Date.parse(contact.dateAdded);
    return behindMs > 0 || (behindMs === 0 && contact.id > id);
  };
}

function newestFirst(a: Contact, b: Contact): number {
  return a.dateAdded === b.dateAdded ? (a.id < b.id ? -1 : 1) : a.dateAdded > b.dateAdded ? -1 : 1;
}

function listMeta(call: Call, page: readonly Contact[], found: readonly Contact[], start: number, limit: number): Record<string, unknown> {
  const last = page.at(-1);
  const hasMore = start + page.length < found.length;
  const currentPage = Math.floor(start / limit) + 1;
  const startAfter = last === undefined ? null : Date.parse(last.dateAdded);
  const next = new URLSearchParams({
    locationId: locationOf(call),
    limit: String(limit),
    startAfter: String(startAfter),
    startAfterId: last?.id ?? "",
  });
  return {
    total: found.length,
    nextPageUrl: hasMore ? `${call.origin}/contacts/?${next}` : null,
    startAfterId: last?.id ?? null,
    startAfter,
    currentPage,
    nextPage: hasMore ? currentPage + 1 : null,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
  };
}

function listItems(call: Call, contacts: readonly Contact[]): readonly Record<string, unknown>[] {
  const opportunities = Map.groupBy(call.world.state.opportunities.group(locationOf(call)), (opportunity) => opportunity.contactId);
  return contacts.map((contact) => contactListItem(contact, call.generation, opportunities.get(contact.id) ?? []));
}

/**
 * Searches show what a contact lacks as null, and its opportunities; the older lists leave both out, and show names in lower case beside the
 * names as they were written.
 */
function olderListItem(item: Record<string, unknown>): Record<string, unknown> {
  const { opportunities: _, inboundDndSettings: __, attributionSource: ___, lastAttributionSource: ____, ...view } = item;
  const { firstName, lastName, firstNameLowerCase, lastNameLowerCase } = view;
  const names = { firstName: firstNameLowerCase, lastName: lastNameLowerCase, firstNameRaw: firstName, lastNameRaw: lastName };
  return Object.fromEntries(Object.entries({ ...view, ...names }).filter(([, value]) => value !== null));
}
