import type { PayloadOf } from "@ghlkit/webhooks";

interface CommonMessage {
  /** Id of the message in HighLevel: give it to a carrier as its idempotency key. */
  readonly messageId: string;
  readonly locationId: string;
  readonly contactId: string;
  /** URLs of files. */
  readonly attachments: readonly string[];
  /** Id of the user who wrote it; `undefined` for one of a workflow. */
  readonly userId: string | undefined;
}

/** A text that is to be sent to a number. */
export interface ProviderText extends CommonMessage {
  readonly channel: "sms";
  readonly to: string;
  readonly text: string;
}

/** An e-mail that is to be sent. */
export interface ProviderEmail extends CommonMessage {
  readonly channel: "email";
  readonly to: readonly string[];
  readonly from: string | undefined;
  readonly subject: string;
  readonly html: string;
  /** Id of the e-mail's own record, which reports of its status name. */
  readonly emailMessageId: string | undefined;
}

/** A message that HighLevel hands to the provider. */
export type ProviderMessage = ProviderText | ProviderEmail;

/** A delivery webhook as a message; `undefined` when it names no message, contact or location. */
export function providerMessage(event: PayloadOf<"ProviderOutboundMessage">): ProviderMessage | undefined {
  const { messageId, locationId, contactId, attachments = [], userId, type } = event;
  if (messageId === undefined || locationId === undefined || contactId === undefined) return undefined;
  const common = { messageId, locationId, contactId, attachments, userId };
  if (type !== "Email") return { ...common, channel: "sms", to: event.phone ?? "", text: event.message ?? "" };
  const { emailTo = [], emailFrom, subject = "", html = event.message ?? "", emailMessageId } = event;
  return {
    ...common,
    channel: "email",
    to: typeof emailTo === "string" ? [emailTo] : emailTo,
    from: emailFrom,
    subject,
    html,
    emailMessageId,
  };
}
