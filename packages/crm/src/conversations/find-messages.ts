import type { GetMessageResponse } from "@ghlkit/contract/types/conversations";
import type { ConversationsClient } from "./conversations-client.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

/** Messages that are looked at: more since one attempt are no longer one thread. */
const mostLookedAt = 500;

interface Found {
  readonly messageId: string;
  readonly conversationId: string | undefined;
}

/** Looks for a message in its thread, among the outbound ones since a time. */
export async function findMessages(message: OutgoingMessage, sinceMs: number, location: ConversationsClient): Promise<readonly Found[]> {
  const fits: Found[] = [];
  for (const sent of await outboundSince(location, message, sinceMs)) {
    if (await isSame(location, message, sent)) fits.push({ messageId: sent.id, conversationId: sent.conversationId });
  }
  return fits;
}

async function outboundSince(
  { conversations }: ConversationsClient,
  message: OutgoingMessage,
  sinceMs: number,
): Promise<readonly GetMessageResponse[]> {
  const found: GetMessageResponse[] = [];
  const query = { contactId: message.to, startDate: new Date(sinceMs).toISOString(), limit: 100 };
  // Without a channel the export leaves e-mails out.
  const channel = message.channel === "email" ? ({ channel: "Email" } as const) : {};
  for await (const sent of conversations.exportMessages({ ...query, ...channel }, { fresh: true })) {
    if (sent.direction === "outbound" && !isOfAutomation(sent) && Date.parse(sent.dateAdded) >= sinceMs) found.push(sent);
    if (found.length >= mostLookedAt) break;
  }
  return found;
}

/** What workflows, campaigns and bulk actions send is no message of ours, whatever it says. */
function isOfAutomation({ source }: GetMessageResponse): boolean {
  return source === "workflow" || source === "campaign" || source === "bulk_actions";
}

/** An e-mail's list record may hold the place of its body instead of it: its subject is read from the whole record. */
async function isSame({ conversations }: ConversationsClient, message: OutgoingMessage, sent: GetMessageResponse): Promise<boolean> {
  if (message.channel !== "email") return sent.body?.trim() === message.text.trim();
  if (sent.body?.trim() === message.html.trim()) return true;
  const { messageIds = [] } = (sent.meta?.email ?? {}) as { readonly messageIds?: readonly string[] };
  const [id] = messageIds;
  return id !== undefined && (await conversations.getEmailMessage({ id })).subject === message.subject;
}
