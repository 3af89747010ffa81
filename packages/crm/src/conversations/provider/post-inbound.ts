import { isGhlError } from "@ghlkit/core";
import type { ProcessMessageBody } from "@ghlkit/contract/types/conversations";
import { writeAtMostOnce } from "@ghlkit/resilience";
import { refusedRequest } from "../../run/refused-request.ts";
import type { GhlError } from "@ghlkit/core";
import type { ProviderClient } from "./provider-options.ts";
import type { ProviderSettings } from "./provider-settings.ts";
import { checkKey } from "../../run/check-key.ts";
import { checkTime } from "../../time/check-time.ts";

/** A message that came in at the carrier. */
export interface InboundMessage {
  readonly locationId: string;
  /** The carrier's id of it: it is written down once for it. */
  readonly altId: string;
  /** Id of the contact who wrote it. A number alone: make sure of the contact first, `contacts.ensure({ phone })`. */
  readonly contactId: string;
  readonly text: string;
  /** URLs of files. */
  readonly attachments?: readonly string[];
  /** When it was written, ms since epoch. @default now */
  readonly sentAt?: number;
  /** What HighLevel calls its channel: `SMS` for a provider that replaces the texts of a location, `Custom` for one of its own. */
  readonly type: "SMS" | "Custom";
}

/** What became of an inbound message. */
export type InboundResult =
  /** `consent`: what its text changed, if it was a word such as STOP or START. */
  | {
      readonly outcome: "added";
      readonly how: "now" | "before" | "found";
      readonly messageId: string;
      readonly consent: "opted_out" | "opted_in" | undefined;
    }
  | { readonly outcome: "refused"; readonly error: GhlError }
  /** It is not known whether it was written down. Call again after that time. */
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };

/** Longer than a request may be under way. */
const settleMs = 60_000;

/** Writes an inbound message into the thread of its contact, once; STOP and START take effect first. */
export async function postInbound(message: InboundMessage, settings: ProviderSettings): Promise<InboundResult> {
  checkKey("inbound", message.altId);
  checkTime("inbound", "sentAt", message.sentAt);
  const { journal, providerId, locationOf, clock } = settings;
  const location = locationOf(message.locationId);
  const key = `provider-inbound:${providerId}:${message.locationId}:${message.altId}`;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> =>
    (await location.conversations.addInboundMessage({ body: inboundBody(message, providerId) }, { signal })).messageId ?? "";
  try {
    const consent = (await journal.get(key))?.state === "finished" ? undefined : await changeConsent(message, location, settings);
    const find = (sinceMs: number): Promise<readonly string[]> => findInbound(message, location, sinceMs);
    const written = await writeAtMostOnce({ key, write, find }, { journal, clock, leaseMs: 30_000, settleMs });
    return written.outcome === "unknown" ? written : { outcome: "added", how: written.how, messageId: written.result, consent };
  } catch (error) {
    if (isGhlError(error) && refusedRequest.has(error.code)) return { outcome: "refused", error };
    throw error;
  }
}

function inboundBody(
  { altId, contactId, text, attachments, sentAt, type }: InboundMessage,
  conversationProviderId: string,
): ProcessMessageBody {
  return {
    type,
    contactId,
    message: text,
    altId,
    direction: "inbound",
    conversationProviderId,
    ...(attachments !== undefined && { attachments: [...attachments] }),
    ...(sentAt !== undefined && { date: new Date(sentAt).toISOString() }),
  };
}

/** HighLevel acts on STOP where it receives the text itself; what a provider posts changes nothing there. */
async function changeConsent(
  { contactId, text }: InboundMessage,
  { contacts }: ProviderClient,
  { stopWords, startWords }: ProviderSettings,
): Promise<"opted_out" | "opted_in" | undefined> {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, "");
  if (!stopWords.has(word) && !startWords.has(word)) return undefined;
  const status = stopWords.has(word) ? "active" : "inactive";
  await contacts.update({
    contactId,
    body: { dndSettings: { sms: { status, message: `The contact wrote ${word.toUpperCase()}.`, code: "" } } },
  });
  return status === "active" ? "opted_out" : "opted_in";
}

async function findInbound(
  { altId, contactId, text }: InboundMessage,
  { conversations }: ProviderClient,
  sinceMs: number,
): Promise<readonly string[]> {
  const query = { contactId, startDate: new Date(sinceMs).toISOString(), limit: 100 };
  const fits: string[] = [];
  for await (const found of conversations.exportMessages(query, { fresh: true })) {
    const { altId: its } = found as { readonly altId?: string };
    if (found.direction === "inbound" && (its === undefined ? found.body === text : its === altId)) fits.push(found.id);
  }
  return fits;
}
