import { badRequest, Refusal, unprocessable } from "../../http/refusal.ts";
import { reply } from "../../http/answer.ts";
import type { Contact } from "../../state/contact.ts";
import type { SwitchValues } from "../../switches/switch-options.ts";
import { isBlocked } from "../contacts/dnd-settings.ts";
import type { messageKind } from "./message-type.ts";
import { templateError } from "./template-error.ts";

/** What is about to be sent. */
export interface MessageToSend {
  /** As the request names it, e.g. `SMS`. */
  readonly type: string;
  readonly channel: ReturnType<typeof messageKind>["channel"];
  readonly message?: string;
  readonly html?: string;
  readonly attachments?: readonly string[];
  readonly subject?: string;
  readonly emailTo?: string;
}

/** Switches that decide what is refused. */
export type MessageSwitches = Pick<SwitchValues, "emailSubject" | "emailToCase">;

/** Refuses what the platform refuses to send, with its codes: it shows them as `canonicalCode`. */
export function refuseMessage(contact: Contact, message: MessageToSend, switches: MessageSwitches): void {
  const { type, channel } = message;
  refuseEmpty(message);
  if (channel === "email") refuseTemplate(message, switches);
  if (channel === undefined) return;
  if (contact.dndSettings?.[channel]?.status === "permanent") throw unsubscribed(contact, channel);
  if (isBlocked(contact, channel))
    throw refused(`Cannot send message as DND is active for ${type}.`, `CONVERSATIONS_MSG_DND_ACTIVE_${channel.toUpperCase()}`);
  if ((channel === "sms" || channel === "whatsApp") && !contact.phone) throw refused("Missing phone number", "CONVERSATIONS_MSG_NO_PHONE");
  if (channel === "email" && !contact.email) throw refused("Missing email address", "CONVERSATIONS_MSG_NO_EMAIL");
  if (channel === "email") refuseMailbox(contact, message, switches);
}

/** The subject, and the template language of the text. */
function refuseTemplate({ html = "", subject }: MessageToSend, { emailSubject }: MessageSwitches): void {
  if (emailSubject === "required" && (subject ?? "") === "") throw unprocessable(["subject should not be empty"], "inferred");
  const problem = templateError(html);
  if (problem !== undefined) throw badRequest(problem, {}, "reported");
}

/** A mailbox that cannot exist, and addresses that are not the contact's. They are kept in lower case, and compared as they are. */
function refuseMailbox(contact: Contact, { emailTo }: MessageToSend, { emailToCase }: MessageSwitches): void {
  const own = [contact.email, ...contact.additionalEmails];
  const to = emailToCase === "ignore" ? emailTo?.toLowerCase() : emailTo;
  if (to !== undefined && !own.includes(to)) {
    const text = "Cannot send message as emailTo is not under contact's primary or additional emails";
    throw refused(text, "CONVERSATIONS_MSG_INVALID_EMAILTO");
  }
  if ((to ?? contact.email ?? "").endsWith(".invalid"))
    throw refused("Unable to send e-mail, contact's e-mail is invalid", "CONVERSATIONS_MSG_INVALID_EMAIL");
}

/** An e-mail needs `html`: five integrators met the refusal with `message` alone. */
function refuseEmpty({ channel, message, html, attachments = [] }: MessageToSend): void {
  const content = channel === "email" ? html : (message ?? html);
  if (Boolean(content) || attachments.length > 0) return;
  const text = "There is no message or attachments for this message. Please add a message or upload an attachment(s).";
  throw new Refusal(reply(422, { statusCode: 422, message: text, canonicalCode: "CONVERSATIONS_MSG_NO_CONTENT" }, "reported"));
}

function unsubscribed({ phone, email }: Contact, channel: string): Refusal {
  const isText = channel === "sms";
  const who = (channel === "email" ? email : phone) ?? "the contact";
  return refused(
    `Cannot send message as ${who} has unsubscribed`,
    isText ? "CONVERSATIONS_MSG_UNSUBSCRIBED_SMS" : "CONVERSATIONS_MSG_UNSUBSCRIBED",
  );
}

function refused(message: string, canonicalCode: string): Refusal {
  return badRequest(message, { canonicalCode }, "reported");
}
