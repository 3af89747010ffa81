import { reply } from "../../http/answer.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Contact } from "../../state/contact.ts";
import type { EmailPart } from "../../state/conversation.ts";
import type { Call } from "../../call/call.ts";
import type { Handler } from "../../call/handler.ts";
import { messageKind } from "./message-type.ts";
import { requireProvider } from "./providers.ts";
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
  refuseMessage(contact, { ...input, channel }, call.world.options);
  if (input.conversationProviderId) requireProvider(call, input.conversationProviderId, input.type);
  const scheduledAtMs = readSchedule(input.scheduledTimestamp);
  const isScheduled = scheduledAtMs > call.world.clock.now();
  const email = input.type === "Email" ? emailPart(call, contact, input) : undefined;
  const conversation = call.world.state.conversations.ofContact(contact.id) ?? openConversation(call.world, contact.locationId, contact.id);
  const message = recordMessage(call.world, conversation, {
    direction: "outbound",
    messageType,
    status: isScheduled ? "scheduled" : (input.status ?? "pending"),
    body: input.html ?? input.message ?? "",
    contentType: email === undefined ? "text/plain" : "text/html",
    ...(input.attachments && { attachments: input.attachments }),
    ...(email !== undefined && { email }),
    more: {
      ...(isScheduled && { scheduledAtMs }),
      ...ends(call, contact, email),
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

/** The longest time in seconds that is believed; longer ones are milliseconds. */
const latestSeconds = 100_000_000_000;

/** @throws Refusal 422 for milliseconds. */
function readSchedule(seconds: number | undefined): number {
  if (seconds !== undefined && seconds >= latestSeconds)
    throw unprocessable(["scheduledTimestamp must be a valid UNIX timestamp in seconds"]);
  return (seconds ?? 0) * 1000;
}

/** Numbers or addresses at both ends. */
function ends(call: Call, contact: Contact, email: EmailPart | undefined): { readonly from?: string; readonly to?: string } {
  if (email !== undefined) return { from: email.from, to: email.to[0] ?? "" };
  const location = call.world.state.locations.get(contact.locationId);
  return { from: String(location?.details["phone"] ?? ""), ...(contact.phone !== undefined && { to: contact.phone }) };
}

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
    threadId: threadOf(call, contact, input) ?? id,
    subject: input.subject ?? "",
    from: input.emailFrom ?? String(location?.details["email"] ?? "noreply@emulator.example"),
    to: [input.emailTo ?? contact.email ?? ""],
    cc: input.emailCc ?? [],
    bcc: input.emailBcc ?? [],
    ...(input.replyMessageId && { replyToMessageId: input.replyMessageId }),
  };
}

/** The thread that an e-mail joins: the one it names, else that of the e-mail it answers. @throws Refusal 400 for one that there is not. */
function threadOf({ world: { state } }: Call, contact: Contact, { threadId, replyMessageId }: MessageInput): string | undefined {
  const conversation = state.conversations.ofContact(contact.id);
  const mails = conversation === undefined ? [] : state.messages.group(conversation.id).filter(({ email }) => email !== undefined);
  const answered = mails.find(({ id, email }) => id === replyMessageId || email?.id === replyMessageId);
  if (replyMessageId && answered === undefined) throw badRequest(`No email message found with id: ${replyMessageId}`, {}, "reported");
  if (!threadId) return answered?.email?.threadId;
  if (!mails.some(({ id, email }) => [id, email?.threadId, email?.id].includes(threadId)))
    throw badRequest(`No email thread found with id: ${threadId}`, {}, "reported");
  return mails.find(({ id, email }) => id === threadId || email?.id === threadId)?.email?.threadId ?? threadId;
}
