import type { SendMessageBody } from "@ghlkit/contract/types/conversations";

/** What every message has. */
interface Addressed {
  /** Id of the contact. */
  readonly to: string;
  /**
   * Names the intent, e.g. `reminder:<appointment>:24h`: a message is sent at most once for it, whatever happens. At most 200 characters.
   */
  readonly key: string;
  /** URLs of files. */
  readonly attachments?: readonly string[];
  /** When it is sent, ms since epoch. @default now */
  readonly sendAt?: number;
}

const channelTypes = {
  sms: "SMS",
  whatsapp: "WhatsApp",
  rcs: "RCS",
  instagram: "IG",
  facebook: "FB",
  liveChat: "Live_Chat",
} as const;

/** Channels of plain text. */
export type TextChannel = keyof typeof channelTypes;

/** A message of plain text. */
export interface TextMessage extends Addressed {
  readonly channel: TextChannel;
  readonly text: string;
  /** Number of the location to send from. @default the location's own choice */
  readonly fromNumber?: string;
}

/** An e-mail. Its content is `html`: the platform refuses text alone. */
export interface EmailMessage extends Addressed {
  readonly channel: "email";
  readonly subject: string;
  readonly html: string;
  /** Address to send from. @default the location's own */
  readonly from?: string;
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  /** Id of the e-mail that this one answers. */
  readonly replyTo?: string;
}

/** A message to a contact. */
export type OutgoingMessage = TextMessage | EmailMessage;

/** The message as the platform takes it. */
export function messageBody(message: OutgoingMessage): SendMessageBody {
  const { to: contactId, attachments, sendAt } = message;
  const common = {
    contactId,
    ...(attachments !== undefined && { attachments: [...attachments] }),
    // In seconds: the platform refuses milliseconds.
    ...(sendAt !== undefined && { scheduledTimestamp: Math.ceil(sendAt / 1000) }),
  };
  if (message.channel !== "email") {
    const { text, fromNumber, channel } = message;
    return { ...common, type: channelTypes[channel], message: text, ...(fromNumber !== undefined && { fromNumber }) };
  }
  const { subject, html, from, cc, bcc, replyTo } = message;
  return {
    ...common,
    type: "Email",
    subject,
    html,
    ...(from !== undefined && { emailFrom: from }),
    ...(cc !== undefined && { emailCc: [...cc] }),
    ...(bcc !== undefined && { emailBcc: [...bcc] }),
    ...(replyTo !== undefined && { replyMessageId: replyTo }),
  };
}
