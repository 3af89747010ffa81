import type { Conversation, Message } from "../../state/conversation.ts";
import type { Contact } from "../../state/contact.ts";
import { platformEvent, type EventFields, type PlatformEvent } from "../../webhooks/platform-event.ts";

/** `TYPE_SMS` … → what events call it. */
const channelNames: Readonly<Record<string, string>> = {
  TYPE_SMS: "SMS",
  TYPE_CALL: "CALL",
  TYPE_EMAIL: "Email",
  TYPE_GMB: "GMB",
  TYPE_FACEBOOK: "FB",
  TYPE_INSTAGRAM: "IG",
  TYPE_LIVE_CHAT: "Live_Chat",
  TYPE_WHATSAPP: "WhatsApp",
};

/** A message emits one event, when it is sent, an activity none. No source says that a change of its status emits one; a scheduled message is sent later. */
export function messageChanges(
  before: Message | undefined,
  after: Message | undefined,
  contact: Contact | undefined,
): readonly PlatformEvent[] {
  if (after === undefined || after.status === "scheduled" || after.messageType.startsWith("TYPE_ACTIVITY_")) return [];
  const { locationId, direction } = after;
  // Staff had it sent again: its provider is asked once more.
  if (before !== undefined && (after.retries ?? 0) > (before.retries ?? 0) && after.conversationProviderId !== undefined)
    return [providerEvent(after, contact)];
  const wasSent = before !== undefined && before.status !== "scheduled";
  if (wasSent) return [];
  const kind = direction === "inbound" ? "InboundMessage" : "OutboundMessage";
  const events = [platformEvent(kind, { locationId }, messageFields(after))];
  const isForProvider = direction === "outbound" && after.conversationProviderId !== undefined && after.source === "api";
  return isForProvider ? [...events, providerEvent(after, contact)] : events;
}

function providerEvent(message: Message, contact: Contact | undefined): PlatformEvent {
  const { conversationId, locationId } = message;
  const { fields } = platformEvent("ProviderOutboundMessage", { locationId }, providerFields(message, contact));
  // Seen live, not documented.
  return { kind: "ProviderOutboundMessage", locationId, fields: { ...fields, conversationId, customUserId: "" } };
}

/** Events of a conversation: its unread state only. */
export function conversationChanges(before: Conversation | undefined, after: Conversation | undefined): readonly PlatformEvent[] {
  if (after === undefined || after.unreadCount === (before?.unreadCount ?? 0)) return [];
  const { id, contactId, unreadCount, starred, locationId } = after;
  const fields = { id, contactId, unreadCount, inbox: unreadCount > 0, starred, deleted: false };
  return [platformEvent("ConversationUnreadWebhook", { locationId }, fields)];
}

function messageFields(message: Message): EventFields<"OutboundMessage"> {
  const { id, body, contactId, conversationId, dateAdded, direction, messageType, contentType, status, attachments } = message;
  const { userId, conversationProviderId, email, call, source } = message;
  return {
    messageId: id,
    conversationId,
    contactId,
    direction,
    messageType: channelNames[messageType] ?? messageType.replace(/^TYPE_/, ""),
    contentType,
    body,
    status,
    attachments: [...attachments],
    dateAdded,
    ...(direction === "outbound" && { source }),
    ...(userId !== undefined && { userId }),
    ...(conversationProviderId !== undefined && { conversationProviderId }),
    ...(call !== undefined && { callDuration: Number(call["duration"] ?? 0), callStatus: String(call["status"] ?? "completed") }),
    ...(email !== undefined && emailFields(email)),
  };
}

function emailFields({ id, threadId, subject, from, to, cc, bcc }: NonNullable<Message["email"]>): EventFields<"OutboundMessage"> {
  return {
    emailMessageId: id,
    threadId,
    subject,
    from,
    to: [...to],
    ...(cc.length > 0 && { cc: cc.join(", ") }),
    ...(bcc.length > 0 && { bcc: bcc.join(", ") }),
  };
}

/** What a conversation provider is asked to send; `type` is the channel here. */
function providerFields(message: Message, contact: Contact | undefined): EventFields<"ProviderOutboundMessage"> {
  const { id, contactId, body, attachments, email, userId } = message;
  const common = { contactId, messageId: id, attachments: [...attachments], ...(userId !== undefined && { userId }) };
  const fields =
    email === undefined
      ? { ...common, type: "SMS", message: body, phone: contact?.phone ?? "" }
      : {
          ...common,
          type: "Email",
          emailMessageId: email.id,
          emailTo: [...email.to],
          emailFrom: email.from,
          html: body,
          subject: email.subject,
        };
  return fields;
}
