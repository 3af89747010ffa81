import type { Conversation, EmailPart, Message } from "../../state/conversation.ts";
import type { World } from "../../world.ts";
import { messageTypeNumber } from "./message-type.ts";

/** What has to be known to write a message down. */
export interface NewMessage {
  readonly direction: "inbound" | "outbound";
  readonly messageType: string;
  readonly status: string;
  readonly body: string;
  readonly contentType: string;
  readonly attachments?: readonly string[];
  readonly source?: string;
  readonly sentAtMs?: number;
  readonly email?: EmailPart;
  readonly more?: Pick<Message, "altId" | "conversationProviderId" | "scheduledAtMs" | "call" | "userId" | "from" | "to" | "activity">;
}

/** Opens a conversation with nothing said in it. */
export function openConversation(world: World, locationId: string, contactId: string): Conversation {
  const nowMs = world.clock.now();
  const now = new Date(nowMs).toISOString();
  const assignedTo = world.state.contacts.get(contactId)?.assignedTo;
  return world.state.conversations.put({
    id: world.ids.record(),
    locationId,
    contactId,
    unreadCount: 0,
    starred: false,
    lastMessageBody: "",
    lastMessageAtMs: nowMs,
    dateAdded: now,
    dateUpdated: now,
    ...(assignedTo !== undefined && { assignedTo }),
  });
}

/** Writes a message down and moves its conversation to the top. */
export function recordMessage(world: World, conversation: Conversation, input: NewMessage): Message {
  const sentAtMs = input.sentAtMs ?? world.clock.now();
  const at = new Date(sentAtMs).toISOString();
  const message = world.state.messages.put({
    id: world.ids.record(),
    locationId: conversation.locationId,
    contactId: conversation.contactId,
    conversationId: conversation.id,
    direction: input.direction,
    messageType: input.messageType,
    type: messageTypeNumber(input.messageType),
    status: input.status,
    body: input.body,
    contentType: input.contentType,
    attachments: input.attachments ?? [],
    source: input.source ?? "api",
    dateAdded: at,
    dateUpdated: at,
    ...(input.email !== undefined && { email: input.email }),
    ...input.more,
  });
  if (input.email !== undefined) world.state.emails.put({ id: input.email.id, messageId: message.id, locationId: message.locationId });
  world.state.conversations.put({
    ...conversation,
    lastMessageId: message.id,
    lastMessageBody: input.body,
    lastMessageType: input.messageType,
    lastMessageDirection: input.direction,
    lastMessageAtMs: sentAtMs,
    unreadCount: input.direction === "inbound" ? conversation.unreadCount + 1 : conversation.unreadCount,
    dateUpdated: at,
  });
  return message;
}
