import type { Probed } from "@ghlkit/resilience";
import type { GetMessageResponse } from "@ghlkit/contract/types/conversations";
import type { ConversationsClient } from "./conversations-client.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import type { SendSettings } from "./send-settings.ts";

/** The clocks of journal and platform differ by a little. */
const skewMs = 2000;

/** Messages that are looked at: more since one attempt are no longer one thread. */
const mostLookedAt = 500;

interface Found {
  readonly messageId: string;
  readonly conversationId: string | undefined;
}

/**
 * Looks for a message in its thread, among the outbound ones since its attempt began. One that fits is it. None, after all could be seen, means that it was not sent.
 * Of two that fit it cannot be known which is it, or whether there is one too many: a person has to look.
 */
export async function findMessage(message: OutgoingMessage, key: string, settings: SendSettings): Promise<Probed<Found> | undefined> {
  const { location, journal, settleMs, clock } = settings;
  const startedAt = (await journal.get(key))?.startedAt ?? clock.now();
  const fits: GetMessageResponse[] = [];
  for (const sent of await outboundSince(location, message, startedAt - skewMs)) if (await isSame(location, message, sent)) fits.push(sent);
  const [found, another] = fits;
  if (another !== undefined) return undefined;
  if (found !== undefined) return { happened: true, result: { messageId: found.id, conversationId: found.conversationId } };
  return clock.now() - startedAt >= settleMs ? { happened: false } : undefined;
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
    if (sent.direction === "outbound" && Date.parse(sent.dateAdded) >= sinceMs) found.push(sent);
    if (found.length >= mostLookedAt) break;
  }
  return found;
}

/** An e-mail's list record may hold the place of its body instead of it: its subject is read from the whole record. */
async function isSame({ conversations }: ConversationsClient, message: OutgoingMessage, sent: GetMessageResponse): Promise<boolean> {
  if (message.channel !== "email") return sent.body?.trim() === message.text.trim();
  if (sent.body?.trim() === message.html.trim()) return true;
  const { messageIds = [] } = (sent.meta?.email ?? {}) as { readonly messageIds?: readonly string[] };
  const [id] = messageIds;
  return id !== undefined && (await conversations.getEmailMessage({ id })).subject === message.subject;
}
