import { badRequest, Refusal } from "../../http/refusal.ts";
import { reply } from "../../http/answer.ts";
import type { Contact } from "../../state/contact.ts";
import { isBlocked } from "../contacts/dnd-settings.ts";
import type { messageKind } from "./message-type.ts";

/** What is about to be sent. */
export interface MessageToSend {
  /** As the request names it, e.g. `SMS`. */
  readonly type: string;
  readonly channel: ReturnType<typeof messageKind>["channel"];
  readonly message?: string;
  readonly html?: string;
  readonly attachments?: readonly string[];
}

/** Refuses what the platform refuses to send, with its codes: it shows them as `canonicalCode`. */
export function refuseMessage(contact: Contact, message: MessageToSend): void {
  const { type, channel } = message;
  refuseEmpty(message);
  if (channel === undefined) return;
  if (contact.dndSettings?.[channel]?.status === "permanent") throw unsubscribed(contact, channel);
  if (isBlocked(contact, channel))
    throw refused(`Cannot send message as DND is active for ${type}.`, `CONVERSATIONS_MSG_DND_ACTIVE_${channel.toUpperCase()}`);
  if ((channel === "sms" || channel === "whatsApp") && !contact.phone) throw refused("Missing phone number", "CONVERSATIONS_MSG_NO_PHONE");
  if (channel === "email" && !contact.email) throw refused("Missing email address", "CONVERSATIONS_MSG_NO_EMAIL");
}

/** An e-mail needs `html`: five integrators met the refusal with `message` alone. */
function refuseEmpty({ channel, message, html, attachments = [] }: MessageToSend): void {
  const content = channel === "email" ? html : (message ?? html);
  if ((content !== undefined && content !== "") || attachments.length > 0) return;
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
