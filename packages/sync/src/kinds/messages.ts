import type { KindDefinition, ListedPage, SyncLocation, Wire } from "./kind.ts";
import { listedPage, textOf, timeOf, unlessMissing } from "./wire-values.ts";

/** Without a channel the export leaves e-mails out. */
const channels = [undefined, "Email"] as const;

const limit = 500;

/** So long the status of a message may change, in ms; no event says so. */
const settledAfterMs = 172_800_000;

/** Where the list goes on. */
interface Place {
  /** Index of the channel. */
  readonly channel: number;
  /** Messages from this time on (ISO). */
  readonly startDate?: string | undefined;
  readonly resume?: string | undefined;
  /** Messages that were listed of the last moment: the list that begins there brings something new, or is the last. */
  readonly last: { readonly at: string; readonly ids: readonly string[] };
  /** How many messages the list that begins at `startDate` has brought. */
  readonly listed: number;
}

/** Messages: exported by the time of their creation. */
export const messages: KindDefinition = {
  kind: "messages",
  id: "id",
  ignored: ["traceId"],
  compared: ["conversationId", "contactId", "direction", "messageType", "status", "body", "attachments", "userId", "source", "dateAdded"],
  version: ({ dateUpdated }) => timeOf(dateUpdated),
  agedBy: ({ dateAdded }) => timeOf(dateAdded),
  contactOf: ({ contactId }) => textOf(contactId),
  columns: {
    conversation_id: ["conversationId", "text"],
    contact_id: ["contactId", "text"],
    direction: ["direction", "text"],
    type: ["messageType", "text"],
    status: ["status", "text"],
    body: ["body", "text"],
    source: ["source", "text"],
    user_id: ["userId", "text"],
    created_at: ["dateAdded", "text"],
  },
  list: (location, { cursor }) => exported(location, (cursor as Place | undefined) ?? firstOf(0)),
  changes: (location, since) => exported(location, firstOf(0, new Date(Math.max(0, since - settledAfterMs)).toISOString())),
  read: async ({ conversations }, id) => {
    const answer = (await unlessMissing<Wire>(conversations.getMessage({ id }) as Promise<Wire>)) as
      | { readonly message?: Wire }
      | undefined;
    return answer?.message ?? (answer as Wire | undefined);
  },
};

function firstOf(channel: number, startDate?: string): Place {
  return { channel, startDate, last: { at: "", ids: [] }, listed: 0 };
}

/**
 * The export's result is said to be capped. When one that filled a page is at its end, another begins at the time of its last message, until that
 * brings less than a page of new ones.
 */
async function* exported(location: SyncLocation, from: Place): AsyncGenerator<ListedPage, void, undefined> {
  const first = from.startDate;
  let place: Place | undefined = from;
  while (place !== undefined) {
    const at: Place = place;
    let isLast = true;
    for await (const page of listOf(location, at)) {
      const items = page.items.filter((item) => !isKnown(item, (place as Place).last));
      const after: Place = placeAfter(place, page, items);
      const next: Place | undefined = page.next === undefined ? listAfter(after, first) : after;
      isLast = next === undefined;
      yield { ...page, items, total: undefined, next };
      place = next ?? after;
    }
    if (isLast) return;
  }
}

async function* listOf(location: SyncLocation, { channel, startDate, resume }: Place): AsyncGenerator<ListedPage, void, undefined> {
  const name = channels[channel];
  const input = {
    limit,
    sortBy: "createdAt" as const,
    sortOrder: "asc" as const,
    ...(name !== undefined && { channel: name }),
    ...(startDate !== undefined && { startDate }),
  };
  for await (const page of location.conversations.exportMessages(input, resume === undefined ? {} : { resume }).pages())
    yield listedPage(page);
}

function isKnown({ id }: Wire, { ids }: Place["last"]): boolean {
  return ids.includes(String(id));
}

function placeAfter(place: Place, page: ListedPage, fresh: readonly Wire[]): Place {
  const at = textOf(fresh.at(-1)?.["dateAdded"]) ?? place.last.at;
  const ids = fresh.filter(({ dateAdded }) => dateAdded === at).map(({ id }) => String(id));
  const last = { at, ids: at === place.last.at ? [...place.last.ids, ...ids] : ids };
  return { ...place, resume: page.next as string | undefined, last, listed: place.listed + fresh.length };
}

/** Behind the end of a list: one from its last message on, or the next channel. */
function listAfter({ channel, listed, last }: Place, first: string | undefined): Place | undefined {
  if (listed >= limit) return { channel, startDate: last.at, last, listed: 0 };
  return channel + 1 < channels.length ? firstOf(channel + 1, first) : undefined;
}
