import { reply } from "../../http/answer.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Message } from "../../state/conversation.ts";
import { locationOf, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { startAfter } from "../../call/start-after.ts";
import { exportChannel } from "./message-type.ts";
import { messageView } from "./message-view.ts";

/** The export of a location's messages; its cursor is opaque to callers. */
export const exportHandlers: Handlers = {
  "conversations.exportMessages": (call) => {
    refuseRange(call);
    const found = messagesOf(call).filter(messageFilter(call)).toSorted(messageOrder(call));
    const after = readCursor(queryText(call, "cursor"));
    const order = messageOrder(call);
    const isBehind = (message: Message): boolean => after !== undefined && order(after, message) < 0;
    const start = after === undefined ? 0 : startAfter(found, after.id, { idOf: ({ id }) => id, isBehind });
    const page = found.slice(start, start + queryNumber(call, "limit", 100));
    const last = page.at(-1);
    const hasMore = start + page.length < found.length;
    const nextCursor = hasMore && last !== undefined ? { nextCursor: writeCursor(last) } : {};
    return reply(200, { messages: page.map(messageView), ...nextCursor, total: found.length });
  },
};

function messagesOf(call: Call): readonly Message[] {
  const { state } = call.world;
  return state.conversations.group(locationOf(call)).flatMap((conversation) => state.messages.group(conversation.id));
}

function messageFilter(call: Call): (message: Message) => boolean {
  const conversationId = queryText(call, "conversationId");
  const contactId = queryText(call, "contactId");
  const channel = queryText(call, "channel");
  const messageType = channel === undefined ? undefined : exportChannel(channel);
  const from = queryText(call, "startDate");
  const until = queryText(call, "endDate");
  return (message) =>
    (conversationId === undefined || message.conversationId === conversationId) &&
    (contactId === undefined || message.contactId === contactId) &&
    // Without a channel: everything but e-mail, what happened besides messages included.
    (messageType === undefined ? message.messageType !== "TYPE_EMAIL" : message.messageType === messageType) &&
    (from === undefined || Date.parse(message.dateAdded) >= Date.parse(from)) &&
    (until === undefined || Date.parse(message.dateAdded) <= Date.parse(until));
}

/** What decides of a message's place in an export. */
type Place = Pick<Message, "id" | "dateAdded" | "dateUpdated">;

function messageOrder(call: Call): (a: Place, b: Place) => number {
  const field = queryText(call, "sortBy") === "updatedAt" ? "dateUpdated" : "dateAdded";
  const direction = queryText(call, "sortOrder") === "asc" ? 1 : -1;
  return (a, b) => direction * (Date.parse(a[field]) - Date.parse(b[field])) || (a.id < b.id ? -1 : 1);
}

/** Dates are ISO texts, and a page has at least ten messages. */
function refuseRange(call: Call): void {
  if (queryNumber(call, "limit", 100) < 10) throw unprocessable(["limit must not be less than 10"]);
  for (const [name, part] of [
    ["startDate", "START"],
    ["endDate", "END"],
  ] as const) {
    const value = queryText(call, name);
    if (value === undefined || (/^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)))) continue;
    throw badRequest(`Invalid ${name} format`, { canonicalCode: `CONVERSATIONS_MSG_INVALID_${part}_DATE_FORMAT` }, "reported");
  }
}

/** Names the place, so that the export goes on where a message was deleted meanwhile. */
function writeCursor({ id, dateAdded, dateUpdated }: Place): string {
  return Buffer.from(JSON.stringify({ id, dateAdded, dateUpdated })).toString("base64url");
}

function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = parsed(cursor);
  if (typeof place?.id !== "string" || Number.isNaN(Date.parse(place.dateAdded))) throw badRequest("Invalid cursor");
  return place;
}

function parsed(cursor: string): Place | undefined {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString()) as Place;
  } catch {
    return undefined;
  }
}
