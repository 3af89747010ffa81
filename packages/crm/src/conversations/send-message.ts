import { isGhlError, type GhlError } from "@ghlkit/core";
import { writeAtMostOnce } from "@ghlkit/resilience";
import { findMessages } from "./find-messages.ts";
import { messageBody, type OutgoingMessage } from "./outgoing-message.ts";
import type { SendSettings } from "./send-settings.ts";
import type { SendResult } from "./send-result.ts";
import { checkKey } from "../run/check-key.ts";
import { checkTime } from "../time/check-time.ts";

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
  checkKey("send", message.key);
  checkTime("send", "sendAt", message.sendAt);
  const { location, locationId } = settings;
  const key = `message:${locationId}:${message.key}`;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<Sent> => {
    const { messageId, conversationId } = await location.conversations.sendMessage({ body: messageBody(message) }, { signal });
    return { messageId, conversationId };
  };
  try {
    const written = await writeAtMostOnce<Sent>({ key, write, find: (sinceMs) => findMessages(message, sinceMs, location) }, settings);
    if (written.outcome === "unknown") return written;
    const { messageId, conversationId } = written.result;
    return { outcome: "sent", how: written.how, messageId, conversationId };
  } catch (error) {
    const expected = isGhlError(error) ? outcomeOf(error) : undefined;
    if (expected === undefined) throw error;
    return expected;
  }
}

function outcomeOf(error: GhlError): SendResult | undefined {
  if (isGhlError(error, "opted_out")) return { outcome: "opted_out", reason: error.reason };
  const code = /^CONVERSATIONS_(?:MSG_)?([A-Z_]+)$/.exec(error.platformCode ?? "")?.[1];
  const why = code === undefined ? undefined : unreachable[code as keyof typeof unreachable];
  return why === undefined ? undefined : { outcome: "unreachable", why };
}
