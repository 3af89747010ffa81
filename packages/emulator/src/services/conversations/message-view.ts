import type { Message } from "../../state/conversation.ts";

/** A message as answers show it. */
export function messageView(message: Message): Record<string, unknown> {
  const { email, call, scheduledAtMs: _, retries: __, activity, body, ...fields } = message;
  const meta = {
    ...(email !== undefined && { email: { messageIds: [email.id] } }),
    ...(call !== undefined && { call: callMeta(call) }),
  };
  return {
    ...fields,
    // Right after it was sent an e-mail has no status yet.
    ...(email !== undefined && fields.status === "pending" && { status: null }),
    // A call has no text.
    ...(call === undefined && { body }),
    ...(activity !== undefined && { activity }),
    ...(Object.keys(meta).length > 0 && { meta }),
  };
}

/** Only a call that was connected has a duration. */
function callMeta({ status = "completed", duration }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { status, ...(status === "completed" && { duration: duration ?? 0 }) };
}

/** An e-mail as the read of e-mails shows it. */
export function emailView(message: Message): Record<string, unknown> | undefined {
  const { email } = message;
  if (email === undefined) return undefined;
  const { id, threadId, subject, from, to, cc, bcc, replyToMessageId } = email;
  return {
    id,
    ...(message.altId !== undefined && { altId: message.altId }),
    threadId,
    locationId: message.locationId,
    contactId: message.contactId,
    conversationId: message.conversationId,
    dateAdded: message.dateAdded,
    subject,
    body: message.body,
    direction: message.direction,
    status: message.status,
    contentType: message.contentType,
    attachments: message.attachments,
    provider: "LeadConnector",
    from,
    to,
    cc,
    bcc,
    ...(replyToMessageId !== undefined && { replyToMessageId }),
    source: message.source,
    ...(message.conversationProviderId !== undefined && { conversationProviderId: message.conversationProviderId }),
  };
}
