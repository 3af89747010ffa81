import type { Conversation } from "../../state/conversation.ts";
import type { State } from "../../state/state.ts";
import { messageTypeNumber } from "./message-type.ts";
import { fullName } from "../contacts/contact-view.ts";

/** A conversation as the read of one shows it: types are numbers there, and the date of the last message its seconds. */
export function conversationView(conversation: Conversation): Record<string, unknown> {
  const { id, locationId, contactId, assignedTo, unreadCount, starred, lastMessageType, lastMessageAtMs } = conversation;
  return {
    id,
    locationId,
    contactId,
    ...(assignedTo !== undefined && { assignedTo }),
    unreadCount,
    starred,
    type: lastMessageType === "TYPE_EMAIL" ? 2 : 1,
    inbox: unreadCount > 0,
    deleted: false,
    isLastMessageInternalComment: false,
    ...(lastMessageType !== undefined && {
      lastMessageType: messageTypeNumber(lastMessageType),
      messageTypes: [messageTypeNumber(lastMessageType)],
      lastMessageDate: { seconds: Math.floor(lastMessageAtMs / 1000), nanoseconds: (lastMessageAtMs % 1000) * 1_000_000 },
    }),
  };
}

/** A conversation as its creation shows it: dates are ISO texts there. */
export function createdConversation(conversation: Conversation): Record<string, unknown> {
  const { id, locationId, contactId, assignedTo, dateAdded, dateUpdated } = conversation;
  return {
    id,
    locationId,
    contactId,
    ...(assignedTo !== undefined && { assignedTo }),
    dateAdded,
    dateUpdated,
    deleted: false,
    lastMessageDate: new Date(conversation.lastMessageAtMs).toISOString(),
  };
}

/** A conversation as updates show it. */
export function conversationChange(conversation: Conversation): Record<string, unknown> {
  const { unreadCount, starred, lastMessageType, lastMessageBody } = conversation;
  return {
    ...createdConversation(conversation),
    unreadCount,
    starred,
    inbox: unreadCount > 0,
    lastMessageBody,
    ...(lastMessageType !== undefined && { lastMessageType: messageTypeNumber(lastMessageType) }),
  };
}

/** A conversation as searches show it, with its contact's names and the sort value to page by. */
export function conversationListItem(conversation: Conversation, state: State, sortValue: number): Record<string, unknown> {
  const contact = state.contacts.get(conversation.contactId);
  const name = contact === undefined ? "" : fullName(contact);
  const { id, locationId, contactId, assignedTo, unreadCount, starred, lastMessageBody } = conversation;
  return {
    id,
    locationId,
    contactId,
    ...(assignedTo !== undefined && { assignedTo }),
    unreadCount,
    starred,
    lastMessageBody,
    followers: [],
    mentions: [],
    isLastMessageInternalComment: false,
    type: conversation.lastMessageType === "TYPE_EMAIL" ? "TYPE_EMAIL" : "TYPE_PHONE",
    lastMessageType: conversation.lastMessageType ?? "TYPE_SMS",
    lastMessageDate: conversation.lastMessageAtMs,
    dateAdded: Date.parse(conversation.dateAdded),
    dateUpdated: Date.parse(conversation.dateUpdated),
    ...(conversation.lastMessageDirection && { lastMessageDirection: conversation.lastMessageDirection }),
    fullName: name,
    contactName: name,
    email: contact?.email ?? null,
    phone: contact?.phone ?? null,
    companyName: contact?.companyName ?? null,
    profilePhoto: null,
    attributed: null,
    scoring: [],
    messageTypes: conversation.lastMessageType === undefined ? [] : [messageTypeNumber(conversation.lastMessageType)],
    tags: contact?.tags ?? [],
    sort: [sortValue],
  };
}
