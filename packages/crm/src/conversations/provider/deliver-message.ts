import { ghlError, isGhlError } from "@ghlkit/core";
import { once, type Probed } from "@ghlkit/resilience";
import type { CarrierResult, ProviderClient } from "./provider-options.ts";
import type { ProviderMessage } from "./provider-message.ts";
import type { ProviderSettings } from "./provider-settings.ts";
import { carrierKey, reportStatus, type DeliveryStatus, type Target } from "./report-status.ts";

const dayMs = 86_400_000;

/** Delivers a message at most once, and reports what is known of it. */
export async function deliverMessage(message: ProviderMessage, signal: AbortSignal, settings: ProviderSettings): Promise<void> {
  const { journal, providerId, clock } = settings;
  const key = `provider-message:${providerId}:${message.messageId}`;
  const location = settings.locationOf(message.locationId);
  const isUntried = (await journal.get(key)) === undefined;
  if (isUntried && settings.checkOptOut && message.channel === "sms") {
    const reason = await reasonNotTo(location, message.contactId);
    if (reason !== undefined) return report(message, { status: "failed", reason }, settings);
  }
  const write = (lease: { readonly signal: AbortSignal }): Promise<CarrierResult> =>
    handOver(message, AbortSignal.any([signal, lease.signal]), settings);
  const { result } = await once<CarrierResult>(key, write, { journal, clock, leaseMs: 30_000, probe: () => probe(message, settings) });
  if (result.outcome !== "failed" && result.carrierId !== undefined) await noteCarrierId(message, result.carrierId, settings);
  const status = statusOf(result);
  if (status !== undefined) await report(message, status, settings);
}

/** @throws GhlError `not_found` when HighLevel does not know the message yet: the delivery is handled again later, and what is known of it is reported then. */
async function report(message: ProviderMessage, status: DeliveryStatus, settings: ProviderSettings): Promise<void> {
  const { outcome } = await reportStatus(targetOf(message), status, settings);
  if (outcome !== "not_found") return;
  throw ghlError("not_found", `HighLevel does not know message ${message.messageId} yet: its status is reported later.`, { status: 404 });
}

/** The carrier's own errors leave open whether the message went: it is not sent again unless that is known. */
async function handOver(message: ProviderMessage, signal: AbortSignal, settings: ProviderSettings): Promise<CarrierResult> {
  const location = settings.locationOf(message.locationId);
  try {
    return await settings.deliver(message, { signal, retryOf: () => guessRetry(location, message, settings.clock.now()) });
  } catch (error) {
    throw ghlError("outcome_unknown", "The carrier did not say whether it took the message.", {}, { cause: error });
  }
}

async function probe(message: ProviderMessage, { wasDelivered }: ProviderSettings): Promise<Probed<CarrierResult> | undefined> {
  if (wasDelivered === undefined)
    return { happened: true, result: { outcome: "failed", reason: "It is not known whether the message was sent." } };
  const found = await wasDelivered(message);
  if (found === undefined) return undefined;
  return found === "no" ? { happened: false } : { happened: true, result: found };
}

async function noteCarrierId(message: ProviderMessage, carrierId: string, { journal, providerId, clock }: ProviderSettings): Promise<void> {
  const key = carrierKey(providerId, carrierId);
  await once(key, async () => targetOf(message), { journal, clock, leaseMs: 1000, probe: async () => ({ happened: false }) });
}

function targetOf(message: ProviderMessage): Target {
  const { messageId, locationId } = message;
  const emailMessageId = message.channel === "email" ? message.emailMessageId : undefined;
  return { messageId, locationId, ...(emailMessageId !== undefined && { emailMessageId }) };
}

function statusOf(result: CarrierResult): DeliveryStatus | undefined {
  if (result.outcome === "failed") return { status: "failed", reason: result.reason };
  return result.outcome === "delivered" ? { status: "delivered" } : undefined;
}

/** Why a contact gets no text; `undefined` when nothing speaks against it. */
async function reasonNotTo({ contacts }: ProviderClient, contactId: string): Promise<string | undefined> {
  try {
    const { dnd, dndSettings } = (await contacts.get({ contactId }, { fresh: true })).contact;
    // Both spellings were seen.
    const { sms, SMS = sms } = (dndSettings ?? {}) as Readonly<Record<string, { readonly status?: string } | undefined>>;
    const isOut = dnd === true || SMS?.status === "active" || SMS?.status === "permanent";
    return isOut ? "The contact has opted out of texts." : undefined;
  } catch (error) {
    if (isGhlError(error, "not_found") || isGhlError(error, "bad_request")) return "The contact was removed.";
    throw error;
  }
}

/** The newest failed message with the same content to the contact within a day. */
async function guessRetry({ conversations }: ProviderClient, message: ProviderMessage, now: number): Promise<string | undefined> {
  const content = message.channel === "email" ? message.html : message.text;
  const query = { contactId: message.contactId, startDate: new Date(now - dayMs).toISOString(), limit: 100 };
  const channel = message.channel === "email" ? ({ channel: "Email" } as const) : {};
  let newest: { readonly id: string; readonly dateAdded: string } | undefined;
  for await (const { id, direction, status, body, dateAdded } of conversations.exportMessages({ ...query, ...channel }, { fresh: true })) {
    const fits = id !== message.messageId && direction === "outbound" && status === "failed" && body === content;
    if (fits && (newest === undefined || dateAdded > newest.dateAdded)) newest = { id, dateAdded };
  }
  return newest?.id;
}
