import { BoundsError, checkText } from "../bounds/check-value.ts";
import { recordMessage } from "../services/conversations/record-message.ts";
import type { Contact } from "../state/contact.ts";
import type { EmailPart } from "../state/conversation.ts";
import type { World } from "../world.ts";
import { actingContact, threadOf } from "./acting-contact.ts";
import type { MadeMessage } from "./made-message.ts";
import { closeChannel, openChannel } from "./channels.ts";

/** How a contact writes. */
export interface Reply {
  /** Default `sms`. */
  readonly channel?: ReplyChannel;
  /** Subject of an e-mail. Default: that of the location's last one with `Re: `, else `Hello`. */
  readonly subject?: string;
  /** URLs of files. */
  readonly attachments?: readonly string[];
}

/** Channels that a contact can write on. */
export const replyChannels = ["sms", "whatsapp", "email"] as const;
/** One of them. */
export type ReplyChannel = (typeof replyChannels)[number];

const messageTypes: Readonly<Record<ReplyChannel, string>> = { sms: "TYPE_SMS", whatsapp: "TYPE_WHATSAPP", email: "TYPE_EMAIL" };

/** The contact writes to the location. */
export function replyAs(
  world: World,
  contactId: string,
  { text, channel = "sms", subject, attachments }: Reply & { readonly text: string },
): MadeMessage {
  const contact = actingContact(world, contactId);
  const body = checkText("text", text);
  const address = channel === "email" ? contact.email : contact.phone;
  if (address === undefined)
    throw new BoundsError(`The contact ${contactId} has no ${channel === "email" ? "e-mail" : "phone"} to write from.`);
  if (channel === "sms") obeyKeyword(world, contact, body);
  const conversation = threadOf(world, contact);
  const email = channel === "email" ? emailPart(world, address, lastSubject(world, conversation.id), subject) : undefined;
  const message = recordMessage(world, conversation, {
    direction: "inbound",
    messageType: messageTypes[channel],
    status: "delivered",
    body,
    contentType: channel === "email" ? "text/html" : "text/plain",
    ...(attachments !== undefined && { attachments }),
    ...(email !== undefined && { email }),
  });
  return { messageId: message.id, conversationId: conversation.id };
}

/** What carriers take for STOP. */
const carrierWords = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"];

/** Keywords of text messages, reported by one integrator who tried them: STOP closes the channel for good, START opens it. */
function obeyKeyword(world: World, contact: Contact, text: string): void {
  const word = text.trim().toUpperCase();
  const closing = world.options.optOutWords === "stop" ? ["STOP"] : carrierWords;
  if (closing.includes(word)) closeChannel(world, contact, "sms", { status: "permanent", message: "STOP_KEYWORD" });
  if (word === "START") openChannel(world, contact, "sms");
}

function lastSubject({ state }: World, conversationId: string): string | undefined {
  const subjects = state.messages.group(conversationId).flatMap(({ email }) => (email === undefined ? [] : [email.subject]));
  return subjects.at(-1);
}

function emailPart(world: World, from: string, answered: string | undefined, subject: string | undefined): EmailPart {
  const id = world.ids.record();
  const answer = answered === undefined ? "Hello" : answered.startsWith("Re: ") ? answered : `Re: ${answered}`;
  return { id, threadId: id, subject: subject ?? answer, from, to: [], cc: [], bcc: [] };
}
