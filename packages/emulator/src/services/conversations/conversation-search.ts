import { reply } from "../../http/answer.ts";
import type { Conversation } from "../../state/conversation.ts";
import type { State } from "../../state/state.ts";
import { locationOf, queryNumber, queryText, type Call } from "../../call/call.ts";
import { fullName } from "../contacts/contact-view.ts";
import type { Handlers } from "../../call/handler.ts";
import { conversationListItem } from "./conversation-view.ts";

/** The search over conversations; it pages by the date of the last message. */
export const conversationSearchHandlers: Handlers = {
  "conversations.search": (call) => {
    const { world } = call;
    const { state } = world;
    const isAscending = queryText(call, "sort") === "asc";
    const found = state.conversations
      .group(locationOf(call))
      .filter(conversationFilter(call, state))
      .toSorted((a, b) => (isAscending ? 1 : -1) * (a.lastMessageAtMs - b.lastMessageAtMs) || (a.id < b.id ? -1 : 1));
    const after = queryNumber(call, "startAfterDate", Number.NaN);
    const rest = Number.isNaN(after)
      ? found
      : found.filter(({ lastMessageAtMs }) =>
          lastMessageAtMs === after
            ? world.options.searchTies === "repeat"
            : isAscending
              ? lastMessageAtMs > after
              : lastMessageAtMs < after,
        );
    const page = rest.slice(0, queryNumber(call, "limit", 20));
    return reply(200, { conversations: page.map((item) => conversationListItem(item, state, item.lastMessageAtMs)), total: found.length });
  },
};

function conversationFilter(call: Call, state: State): (conversation: Conversation) => boolean {
  const contactId = queryText(call, "contactId");
  const id = queryText(call, "id");
  const status = queryText(call, "status") ?? "all";
  const assignedTo = queryText(call, "assignedTo")?.split(",");
  const lastMessageType = queryText(call, "lastMessageType");
  const lastMessageDirection = queryText(call, "lastMessageDirection");
  const followers = queryText(call, "followers")?.split(",");
  const query = queryText(call, "query")?.toLowerCase();
  const from = queryNumber(call, "startDate", Number.NEGATIVE_INFINITY);
  const until = queryNumber(call, "endDate", Number.POSITIVE_INFINITY);
  return (conversation) => {
    const contact = state.contacts.get(conversation.contactId);
    const text = [contact && fullName(contact), contact?.email, contact?.phone, conversation.lastMessageBody]
      .filter(Boolean)
      .join(" ")
      .toLowerCase();
    return (
      (contactId === undefined || conversation.contactId === contactId) &&
      (id === undefined || conversation.id === id) &&
      (status !== "read" || conversation.unreadCount === 0) &&
      (status !== "unread" || conversation.unreadCount > 0) &&
      (status !== "starred" || conversation.starred) &&
      (assignedTo === undefined || assignedTo.includes(conversation.assignedTo ?? "unassigned")) &&
      (followers === undefined || followers.some((user) => contact?.followers.includes(user))) &&
      (lastMessageType === undefined || conversation.lastMessageType === lastMessageType) &&
      (lastMessageDirection === undefined || conversation.lastMessageDirection === lastMessageDirection) &&
      (query === undefined || text.includes(query)) &&
      Date.parse(conversation.dateAdded) >= from &&
      Date.parse(conversation.dateAdded) <= until
    );
  };
}
