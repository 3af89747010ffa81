import { reply } from "../../http/answer.ts";
import { badRequest, notFound, unprocessable } from "../../http/refusal.ts";
import type { Message } from "../../state/conversation.ts";
import { uploadedFiles } from "../uploaded-files.ts";
import { nowIso, param, queryNumber, queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { startAfter } from "../../call/start-after.ts";
import { conversationOf } from "./conversations.ts";
import { emailView, messageView } from "./message-view.ts";
import { refuseStepBack } from "./message-status.ts";
import { ownProvider } from "./providers.ts";
import { sendMessage } from "./send-message.ts";

/**
 * Messages: send, read, list, status, schedule. Answers that show a message are inferred: the number of its type is
 * derived from the order of the documents' list.
 */
export const messageHandlers: Handlers = {
  "conversations.sendMessage": sendMessage,

  "conversations.uploadAttachments": (call) => {
    refuseStranger(call);
    return reply(201, { uploadedFiles: uploadedFiles(call) });
  },

  "conversations.getMessage": (call) => {
    const message = messageView(messageOf(call, "id"));
    return reply(200, isFlat(call) ? message : { message });
  },

  "conversations.listMessages": (call) => {
    const types = queryText(call, "type")?.split(",");
    const found = [...call.world.state.messages.group(conversationOf(call).id)]
      .reverse()
      .filter((message) => types === undefined || types.includes(message.messageType))
      .toSorted((a, b) => (a.dateAdded < b.dateAdded ? 1 : a.dateAdded > b.dateAdded ? -1 : 0));
    const after = queryText(call, "lastMessageId");
    const start = after === undefined ? 0 : startAfter(found, after, { idOf: ({ id }) => id });
    const page = found.slice(start, start + queryNumber(call, "limit", 20));
    const nextPage = start + page.length < found.length;
    return reply(200, { messages: { lastMessageId: page.at(-1)?.id ?? "", nextPage, messages: page.map(messageView) } });
  },

  "conversations.updateMessageStatus": (call) => {
    const message = setStatus(call, messageOf(call, "messageId"));
    return reply(200, {
      conversationId: message.conversationId,
      messageId: message.id,
      status: message.status,
      ...(message.email !== undefined && { emailMessageId: message.email.id }),
    });
  },

  "conversations.getEmailMessage": (call) => reply(200, emailView(emailOf(call, "id"))),

  "conversations.updateEmailMessageStatus": (call) => {
    setStatus(call, emailOf(call, "id"));
    return reply(200, { success: true, message: "Status updated" });
  },

  "conversations.cancelScheduledMessage": (call) => {
    const { messages } = call.world.state;
    const id = param(call, "messageId");
    const message = messages.get(id);
    if (message?.status !== "scheduled")
      throw badRequest(`No message found with id: ${id}`, { canonicalCode: "CONVERSATIONS_MSG_NOT_FOUND" }, "reported");
    messages.delete(message.id);
    return reply(200, { status: 200, message: "Cancelled the scheduled message successfully!" });
  },

  "conversations.cancelScheduledEmailMessage": (call) => {
    const { messages, emails } = call.world.state;
    const id = param(call, "emailMessageId");
    const message = messages.get(emails.get(id)?.messageId ?? "");
    if (message?.status !== "scheduled") throw notFound(`Email message with id ${id} not found`, "reported");
    messages.delete(message.id);
    return reply(200, { status: 200, message: "Cancelled the scheduled email successfully!" });
  },

  "conversations.addMessageAttachments": (call) => {
    const message = messageOf(call, "messageId");
    const attachments = [...message.attachments, ...(call.body["attachments"] as readonly string[])];
    return reply(200, messageView(call.world.state.messages.put({ ...message, attachments, dateUpdated: nowIso(call) })));
  },
};

/** Attachments belong to a conversation or a contact of the location. */
function refuseStranger({ body, world: { state }, locationId }: Call): void {
  const { conversationId, contactId } = body as { readonly conversationId?: string; readonly contactId?: string };
  if (conversationId === undefined && contactId === undefined) throw unprocessable(["conversationId should not be empty"]);
  if (contactId !== undefined && state.contacts.get(contactId)?.locationId !== locationId)
    throw badRequest(`Contact with id ${contactId} not found`, {}, "reported");
  if (contactId === undefined && state.conversations.get(conversationId ?? "")?.locationId !== locationId)
    throw badRequest(`Conversation with id ${conversationId} not found`);
}

/** Recorded answers have an envelope; under the older date the message was reported to stand at the top. */
function isFlat({ version, world }: Call): boolean {
  const { messageRead } = world.options;
  return messageRead === "flat" || (messageRead === "by-version" && version === "2021-04-15");
}

function messageOf(call: Call, name: string): Message {
  const id = param(call, name);
  const message = call.world.state.messages.get(id);
  if (message === undefined) throw notFound(`Message with id ${id} not found`);
  return message;
}

function emailOf(call: Call, name: string): Message {
  const id = param(call, name);
  const message = call.world.state.messages.get(call.world.state.emails.get(id)?.messageId ?? "");
  if (message === undefined) throw notFound(`Email message with id ${id} not found`);
  return message;
}

/** Only the app whose provider carries a message reports on it. */
function setStatus(call: Call, message: Message): Message {
  ownProvider(call, message.conversationProviderId ?? "");
  const status = String(call.body["status"]);
  const { error } = call.body;
  // Said in these words for a text and for no error at all.
  if (status === "failed" && (typeof error !== "object" || error === null)) throw unprocessable(["error must be an object"]);
  refuseStepBack(message, status);
  const text = status === "failed" ? { error: String((error as { readonly message?: unknown }).message ?? "") } : {};
  return call.world.state.messages.put({ ...message, ...text, status, dateUpdated: nowIso(call) });
}
