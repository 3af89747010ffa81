import { reply } from "../../http/answer.ts";
import { badRequest } from "../../http/refusal.ts";
import type { Contact } from "../../state/contact.ts";
import type { EmailPart } from "../../state/conversation.ts";
import type { Call } from "../../call/call.ts";
import type { Handler } from "../../call/handler.ts";
import { messageKind } from "./message-type.ts";
import { refuseMessage } from "./refuse-message.ts";
import { openConversation, recordMessage } from "./record-message.ts";

/** The body of a message to send, as far as it matters here. */
interface MessageInput {
  readonly type: string;
  readonly contactId: string;
  readonly message?: string;
  readonly html?: string;
  readonly subject?: string;
  readonly attachments?: readonly string[];
  readonly emailFrom?: string;
  readonly emailTo?: string;
  readonly emailCc?: readonly string[];
  readonly emailBcc?: readonly string[];
  readonly replyMessageId?: string;
  readonly threadId?: string;
  readonly conversationProviderId?: string;
  /** Seconds since epoch. */
  readonly scheduledTimestamp?: number;
  readonly status?: string;
}

/** Sends a message to a contact; the conversation is opened if there is none. */
export const sendMessage: Handler = (call) => {
  const input = call.body as unknown as MessageInput;
  const contact = recipient(call, input.contactId);
  const { messageType, channel } = messageKind(input.type);
  refuseMessage(contact, { ...input, channel });
  const scheduledAtMs = (input.scheduledTimestamp ?? 0) * 1000;
  const isScheduled = scheduledAtMs > call.world.clock.now();
  const email = input.type === "Email" ? emailPart(call, contact, input) : undefined;
  const conversation = call.world.state.conversations.ofContact(contact.id) ?? openConversation(call.world, contact.locationId, contact.id);
  const message = recordMessage(call.world, conversation, {
    direction: "outbound",
    messageType,
    // Nothing is carried anywhere, so what is not scheduled counts as arrived unless the caller says otherwise.
    status: isScheduled ? "scheduled" : (input.status ?? "delivered"),
    body: input.html ?? input.message ?? "",
    contentType: email === undefined ? "text/plain" : "text/html",
    ...(input.attachments && { attachments: input.attachments }),
    ...(email !== undefined && { email }),
    more: {
      ...(isScheduled && { scheduledAtMs }),
      ...(input.conversationProviderId && { conversationProviderId: input.conversationProviderId }),
    },
  });
  return reply(200, {
    conversationId: conversation.id,
    messageId: message.id,
    ...(email !== undefined && { emailMessageId: email.id }),
    status: isScheduled ? "pending" : message.status,
    msg: isScheduled ? "Message scheduled" : "Message queued",
  });
};

/** A contact made just now may not have reached the conversations yet: the code is what others wait and try again on. */
function recipient(call: Call, id: string): Contact {
  const contact = call.world.state.contacts.get(id);
  if (contact === undefined) throw badRequest(`Contact with id ${id} not found`, { code: "CONVERSATIONS_CONTACT_NOT_FOUND" }, "reported");
  return contact;
}

function emailPart(call: Call, contact: Contact, input: MessageInput): EmailPart {
  const location = call.world.state.locations.get(contact.locationId);
  const id = call.world.ids.record();
  return {
    id,
    threadId: input.threadId ?? id,
    subject: input.subject ?? "",
    from: input.emailFrom ?? String(location?.details["email"] ?? "noreply@emulator.example"),
    to: [input.emailTo ?? contact.email ?? ""],
    cc: input.emailCc ?? [],
    bcc: input.emailBcc ?? [],
    ...(input.replyMessageId && { replyToMessageId: input.replyMessageId }),
  };
}
