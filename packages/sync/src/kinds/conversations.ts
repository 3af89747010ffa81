import { ghlError } from "@ghlkit/core";
import type { KindDefinition, ListedPage, SyncLocation, Wire } from "./kind.ts";
import { serverTime, textOf, timeOf, unlessMissing } from "./wire-values.ts";

const limit = 100;

/** Where the list goes on: the time of the last message, and the threads of that moment that were listed. */
interface Place {
  readonly at: number;
  readonly ids: readonly string[];
}

/** Conversations: listed by the time of their last message, so that one that gets a message meanwhile comes again at the end. */
export const conversations: KindDefinition = {
  kind: "conversations",
  id: "id",
  ignored: ["sort", "fullName", "contactName", "email", "phone", "companyName", "tags", "profilePhoto", "inbox", "deleted", "traceId"],
  compared: ["contactId", "assignedTo", "unreadCount", "lastMessageDate"],
  // Types are numbers in reads of one, and the date is seconds and nanoseconds.
  respelt: ({ type, lastMessageType, lastMessageDate, ...record }) => ({
    ...record,
    ...(typeof type === "string" && { type }),
    ...(typeof lastMessageType === "string" && { lastMessageType }),
    ...(timeOf(lastMessageDate) !== undefined && { lastMessageDate: timeOf(lastMessageDate) }),
  }),
  // A change of the unread count moves no date.
  version: () => undefined,
  agedBy: ({ lastMessageDate }) => timeOf(lastMessageDate),
  contactOf: ({ contactId }) => textOf(contactId),
  columns: {
    contact_id: ["contactId", "text"],
    assigned_to: ["assignedTo", "text"],
    unread_count: ["unreadCount", "number"],
    last_message_ms: ["lastMessageDate", "number"],
  },
  list: (location, { cursor }) => threads(location, "asc", cursor as Place | undefined),
  changes: async function* (location, since) {
    for await (const page of threads(location, "desc", undefined)) {
      yield page;
      const last = timeOf(page.items.at(-1)?.["lastMessageDate"]);
      if (last !== undefined && last < since) return;
    }
  },
  read: ({ conversations: service }, conversationId) => unlessMissing<Wire>(service.get({ conversationId })),
};

/**
 * Pages by the time of the last message. The platform's own cursor is that time alone, and sources disagree whether the threads of that very
 * moment come again: they are asked for again, and known ones are skipped.
 */
async function* threads(
  location: SyncLocation,
  sort: "asc" | "desc",
  from: Place | undefined,
): AsyncGenerator<ListedPage, void, undefined> {
  let place = from;
  for (;;) {
    const input = { sort, sortBy: "last_message_date" as const, limit };
    const startAfterDate = place === undefined ? {} : { startAfterDate: place.at + (sort === "asc" ? -1 : 1) };
    const answer = await location.conversations.search({ ...input, ...startAfterDate }).withResponse();
    const { conversations: items, total } = answer.data as { readonly conversations: readonly Wire[]; readonly total?: number };
    const fresh = items.filter((item) => isBehind(item, place, sort));
    const next = fresh.length === 0 ? undefined : placeBehind(items, place);
    yield { items: fresh, next, total, serverAt: serverTime(answer), calls: 1 };
    if (next === undefined) return;
    if (next.at === place?.at && items.length >= limit) throw tooMany(next);
    place = next;
  }
}

/** Whether a thread was not listed yet: it is of a later moment, or of that of the place and not among those that were. */
function isBehind({ id, lastMessageDate }: Wire, place: Place | undefined, sort: "asc" | "desc"): boolean {
  if (place === undefined) return true;
  const at = timeOf(lastMessageDate) ?? 0;
  if (at === place.at) return !place.ids.includes(String(id));
  return sort === "asc" ? at > place.at : at < place.at;
}

function placeBehind(items: readonly Wire[], before: Place | undefined): Place {
  const at = timeOf(items.at(-1)?.["lastMessageDate"]) ?? 0;
  const ids = items.filter(({ lastMessageDate }) => timeOf(lastMessageDate) === at).map(({ id }) => String(id));
  return { at, ids: before?.at === at ? [...new Set([...before.ids, ...ids])] : ids };
}

function tooMany({ at }: Place): Error {
  const message = `conversations.search: more than ${limit} conversations have their last message at ${at}: the platform cannot list them page by page.`;
  return ghlError("invalid_response", message, { status: 200 }, { operation: "conversations.search" });
}
