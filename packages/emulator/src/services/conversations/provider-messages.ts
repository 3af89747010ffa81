import { reply, type Answer } from "../../http/answer.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import type { Contact } from "../../state/contact.ts";
import type { Conversation, EmailPart } from "../../state/conversation.ts";
import { locationOf, type Call } from "../../call/call.ts";
import { requireContact } from "../contacts/find-contact.ts";
import { normalisePhone } from "../contacts/phone.ts";
import type { Handlers } from "../../call/handler.ts";
import { isCall, messageKind } from "./message-type.ts";
import { providerMismatch, providerMissing, requireProvider } from "./providers.ts";
import { openConversation, recordMessage, type NewMessage } from "./record-message.ts";

interface ProviderInput {
  readonly type: string;
  readonly message?: string;
  readonly html?: string;
  readonly subject?: string;
  readonly conversationId?: string;
  readonly contactId?: string;
  readonly conversationProviderId?: string;
  readonly attachments?: readonly string[];
  readonly emailFrom?: string;
  readonly emailTo?: string;
  readonly emailCc?: readonly string[];
  readonly emailBcc?: readonly string[];
  readonly emailMessageId?: string;
  readonly altId?: string;
  readonly date?: string;
  readonly call?: ProviderCall;
}

/** A call as its provider reports it. */
interface ProviderCall {
  readonly to?: string;
  readonly from?: string;
  readonly status?: string;
  /** Seconds. */
  readonly duration?: number;
}

/** Messages and calls that a conversation provider reports. */
export const providerMessageHandlers: Handlers = {
  "conversations.addInboundMessage": (call) => record(call, "inbound"),
  "conversations.addOutboundMessage": (call) => record(call, "outbound"),
};

function record(call: Call, direction: NewMessage["direction"]): Answer {
  const input = call.body as unknown as ProviderInput;
  refuseProvider(call, input, direction);
  const conversation = conversationFor(call, input, direction);
  const contact = requireContact(call.world, conversation.contactId);
  refuseCall(call, contact, input, direction);
  const { altId } = input;
  const known =
    altId === undefined ? undefined : call.world.state.messages.group(conversation.id).find((message) => message.altId === altId);
  const email = input.type === "Email" ? emailPart(call, contact, input) : undefined;
  // `altId` is the provider's own id: reporting one twice does not write it twice.
  const message =
    known ??
    recordMessage(call.world, conversation, {
      direction,
      messageType: messageKind(input.type).messageType,
      status: statusOf(input, direction),
      body: input.html ?? input.message ?? "",
      contentType: email === undefined ? "text/plain" : "text/html",
      source: "app",
      ...(input.attachments && { attachments: input.attachments }),
      ...(input.date && { sentAtMs: Date.parse(input.date) }),
      ...(email !== undefined && { email }),
      more: {
        ...(altId !== undefined && { altId }),
        ...(input.conversationProviderId && { conversationProviderId: input.conversationProviderId }),
        ...(input.call && { call: { ...input.call } }),
      },
    });
  return reply(200, {
    success: true,
    conversationId: conversation.id,
    messageId: message.id,
    message: message.body,
    contactId: contact.id,
    dateAdded: message.dateAdded,
    ...(message.email !== undefined && { emailMessageId: message.email.id }),
  });
}

/** How a call ended is its status; of other messages those that come are there, and those that were sent elsewhere are sent. */
function statusOf({ type, call }: ProviderInput, direction: NewMessage["direction"]): string {
  if (isCall(type)) return call?.status ?? "completed";
  return direction === "inbound" ? "delivered" : "sent";
}

/** What is sent elsewhere always names its provider; what comes in does for calls and channels of its own. */
function refuseProvider(
  call: Call,
  { type, conversationProviderId: id, conversationId }: ProviderInput,
  direction: NewMessage["direction"],
): void {
  if (id) requireProvider(call, id, type);
  else if (direction === "outbound" || type === "Custom" || isCall(type)) throw providerMissing();
  const isBare = call.world.state.conversations.get(conversationId ?? "")?.isBare === true;
  // A thread opened by a request has no provider.
  if (type === "Custom" && isBare) throw providerMismatch();
}

/** One integrator tried calls: the far end must be the contact, and no recording can be handed over. */
function refuseCall(call: Call, contact: Contact, input: ProviderInput, direction: NewMessage["direction"]): void {
  if (!isCall(input.type)) return;
  if ((input.attachments ?? []).length > 0) throw unprocessable(["Invalid recording URL"]);
  const number = direction === "inbound" ? input.call?.from : input.call?.to;
  const country = call.world.state.locations.get(contact.locationId)?.country ?? "US";
  const own = [contact.phone, ...contact.additionalPhones];
  if (typeof number === "string" && !own.includes(normalisePhone(number, country)))
    throw badRequest("Invalid phone number", { canonicalCode: "CONVERSATIONS_MSG_INVALID_PHONE" }, "reported");
}

/** By conversation, by contact, else by the number or address at the contact's end. */
function conversationFor(call: Call, input: ProviderInput, direction: NewMessage["direction"]): Conversation {
  const { world } = call;
  const locationId = locationOf(call);
  if (input.conversationId) {
    const conversation = world.state.conversations.get(input.conversationId);
    if (conversation === undefined || conversation.locationId !== locationId)
      throw badRequest(`Conversation with id ${input.conversationId} not found`);
    return conversation;
  }
  const contact = input.contactId === undefined ? contactByAddress(call, input, direction) : requireContact(world, input.contactId);
  if (contact === undefined || contact.locationId !== locationId) throw badRequest("No contact matches the message");
  return world.state.conversations.ofContact(contact.id) ?? openConversation(world, locationId, contact.id);
}

function contactByAddress(call: Call, input: ProviderInput, direction: NewMessage["direction"]): Contact | undefined {
  const { contacts, locations } = call.world.state;
  const locationId = locationOf(call);
  const number = direction === "inbound" ? input.call?.from : input.call?.to;
  const address = direction === "inbound" ? input.emailFrom : input.emailTo;
  if (number) return contacts.findBy(locationId, "phone", normalisePhone(number, locations.get(locationId)?.country ?? "US"));
  return address ? contacts.findBy(locationId, "email", address) : undefined;
}

function emailPart(call: Call, contact: Contact, input: ProviderInput): EmailPart {
  const id = call.world.ids.record();
  const answered = input.emailMessageId === undefined ? undefined : call.world.state.emails.get(input.emailMessageId);
  const thread = answered && call.world.state.messages.get(answered.messageId)?.email?.threadId;
  return {
    id,
    threadId: thread ?? id,
    subject: input.subject ?? "",
    from: input.emailFrom ?? contact.email ?? "",
    to: [input.emailTo ?? ""],
    cc: input.emailCc ?? [],
    bcc: input.emailBcc ?? [],
    ...(input.emailMessageId !== undefined && { replyToMessageId: input.emailMessageId }),
  };
}
