import { reply } from "../../http/answer.ts";
import { badRequest, notFound } from "../../http/refusal.ts";
import type { Conversation } from "../../state/conversation.ts";
import { locationOf, nowIso, param, type Call } from "../../call/call.ts";
import { requireContact } from "../contacts/find-contact.ts";
import type { Handlers } from "../../call/handler.ts";
import { conversationChange, conversationView, createdConversation } from "./conversation-view.ts";
import { openConversation } from "./record-message.ts";

/** Create, read, update and delete of conversations. */
export const conversationHandlers: Handlers = {
  "conversations.create": (call) => {
    const { locationId, id } = requireContact(call.world, String(call.body["contactId"]));
    if (locationId !== locationOf(call)) throw badRequest(`Contact with id ${id} not found`);
    const existing = call.world.state.conversations.ofContact(id);
    if (existing !== undefined) {
      const canonicalCode = "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS";
      throw badRequest("Conversation already exists", { canonicalCode, conversationId: existing.id }, "reported");
    }
    const opened = call.world.state.conversations.put({ ...openConversation(call.world, locationId, id), isBare: true });
    return reply(201, { success: true, conversation: createdConversation(opened) });
  },

  "conversations.get": (call) => reply(200, conversationView(conversationOf(call))),

  "conversations.update": (call) => {
    const { unreadCount, starred, feedback } = call.body as Partial<Conversation>;
    const conversation = call.world.state.conversations.put({
      ...conversationOf(call),
      ...(typeof unreadCount === "number" && { unreadCount }),
      ...(typeof starred === "boolean" && { starred }),
      ...(feedback !== undefined && { feedback }),
      dateUpdated: nowIso(call),
    });
    return reply(200, { success: true, conversation: conversationChange(conversation) });
  },

  "conversations.delete": (call) => {
    const { id } = conversationOf(call);
    for (const message of call.world.state.messages.group(id)) call.world.state.messages.delete(message.id);
    call.world.state.conversations.delete(id);
    return reply(200, { success: true });
  },
};

/** The conversation that the path names. */
export function conversationOf(call: Call): Conversation {
  const id = param(call, "conversationId");
  const conversation = call.world.state.conversations.get(id);
  if (conversation === undefined) throw notFound(`Conversation with id ${id} not found`);
  return conversation;
}
