import { isGhlError, type GhlError } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import { findMessage } from "./find-message.ts";
import { messageBody, type OutgoingMessage } from "./outgoing-message.ts";
import type { SendSettings } from "./send-settings.ts";
import type { SendResult } from "./send-result.ts";

interface Sent {
  readonly messageId: string;
  readonly conversationId: string | undefined;
}

const unreachable = {
  NO_PHONE: "no_phone",
  INVALID_PHONE: "invalid_phone",
  NO_EMAIL: "no_email",
  INVALID_EMAIL: "invalid_email",
} as const;

/** Sends a message at most once per key. @throws what is neither expected of the contact nor of the network. */
export async function sendMessage(message: OutgoingMessage, settings: SendSettings): Promise<SendResult> {
  const { location, journal, locationId, leaseMs, clock, settleMs } = settings;
  const key = `message:${locationId}:${message.key}`;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<Sent> => {
    const { messageId, conversationId } = await location.conversations.sendMessage({ body: messageBody(message) }, { signal });
    return { messageId, conversationId };
  };
  const probe = () => findMessage(message, key, settings);
  try {
    const { result, done } = await once<Sent>(key, write, { journal, leaseMs, clock, probe });
    return { outcome: "sent", how: done, messageId: result.messageId, conversationId: result.conversationId };
  } catch (error) {
    const expected = isGhlError(error) ? outcomeOf(error, settleMs) : undefined;
    if (expected === undefined) throw error;
    return expected;
  }
}

function outcomeOf(error: GhlError, settleMs: number): SendResult | undefined {
  if (isGhlError(error, "opted_out")) return { outcome: "opted_out", reason: error.reason };
  if (isGhlError(error, "outcome_unknown")) return { outcome: "unknown", probeAfterMs: settleMs };
  if (isGhlError(error, "in_progress")) return { outcome: "unknown", probeAfterMs: error.leaseMs };
  const code = /^CONVERSATIONS_(?:MSG_)?([A-Z_]+)$/.exec(error.platformCode ?? "")?.[1];
  const why = code === undefined ? undefined : unreachable[code as keyof typeof unreachable];
  return why === undefined ? undefined : { outcome: "unreachable", why };
}
