import type { Conversation } from "../../state/conversation.ts";
import type { State } from "../../state/state.ts";
import { fullName } from "../contacts/contact-view.ts";

/** A conversation as the read of one shows it: its type is a number there. */
export function conversationView(conversation: Conversation): Record<string, unknown> {
  const { lastMessageAtMs, lastMessageId: _id, lastMessageType, lastMessageDirection: _direction, ...fields } = conversation;
  return {
    ...fields,
    type: lastMessageType === "TYPE_EMAIL" ? 2 : 1,
    inbox: conversation.unreadCount > 0,
    deleted: false,
    ...(lastMessageType !== undefined && { lastMessageType, lastMessageDate: lastMessageAtMs }),
  };
}

/** A conversation as create and update show it: dates are ISO texts there. */
export function conversationChange(conversation: Conversation): Record<string, unknown> {
  const { type: _, ...view } = conversationView(conversation);
  return { ...view, lastMessageDate: new Date(conversation.lastMessageAtMs).toISOString() };
}

/** A conversation as searches show it, with its contact's names and the sort value to page by. */
export function conversationListItem(conversation: Conversation, state: State, sortValue: number): Record<string, unknown> {
  const contact = state.contacts.get(conversation.contactId);
  const name = contact === undefined ? "" : fullName(contact);
  return {
    ...conversationView(conversation),
    type: conversation.lastMessageType === "TYPE_EMAIL" ? "TYPE_EMAIL" : "TYPE_PHONE",
    lastMessageType: conversation.lastMessageType ?? "TYPE_SMS",
    lastMessageDate: conversation.lastMessageAtMs,
    dateAdded: Date.parse(conversation.dateAdded),
    dateUpdated: Date.parse(conversation.dateUpdated),
    ...(conversation.lastMessageDirection && { lastMessageDirection: conversation.lastMessageDirection }),
    fullName: name,
    contactName: name,
    email: contact?.email ?? "",
    phone: contact?.phone ?? "",
    tags: contact?.tags ?? [],
    sort: [sortValue],
  };
}
