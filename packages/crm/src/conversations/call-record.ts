import { isGhlError } from "@ghlkit/core";
import { writeAtMostOnce } from "@ghlkit/resilience";
import type { CallData } from "@ghlkit/contract/types/conversations";
import type { ConversationsClient } from "./conversations-client.ts";
import type { SendSettings } from "./send-settings.ts";
import { checkKey } from "../run/check-key.ts";
import { checkTime } from "../time/check-time.ts";

/** A call that took place elsewhere. */
export interface LoggedCall {
  /** The carrier's id of the call, or another name of it: it is written down once for it. At most 200 characters. */
  readonly key: string;
  /** Id of the conversation provider; the token has to be that of its app. */
  readonly providerId: string;
  readonly contactId: string;
  readonly direction: "inbound" | "outbound";
  /** E.164. Of an outbound call it has to be the contact's number. */
  readonly to: string;
  /** E.164. Of an inbound call it has to be the contact's number. */
  readonly from: string;
  readonly status: NonNullable<CallData["status"]>;
  /** When it began, ms since epoch. @default now */
  readonly at?: number;
}

/** What became of it. */
export type LogCallResult =
  | { readonly outcome: "logged"; readonly how: "now" | "before" | "found"; readonly messageId: string }
  /** It is not known whether it was written down. Call again with the key after that time. */
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };

/** One sentence of a call. */
export interface CallSentence {
  /** 0 or 1: the two ends. */
  readonly speaker: number | undefined;
  readonly text: string;
  /** Seconds from the beginning of the call. */
  readonly startSeconds: number;
  /** Seconds from the beginning of the call. */
  readonly endSeconds: number;
}

/** Writes a call into the thread of its contact, once per key. */
export async function logCall(call: LoggedCall, settings: SendSettings): Promise<LogCallResult> {
  checkKey("logCall", call.key);
  checkTime("logCall", "at", call.at);
  const { location, locationId } = settings;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> => send(location, call, signal);
  const find = (sinceMs: number): Promise<readonly string[]> => findCalls(location, call, sinceMs);
  const written = await writeAtMostOnce({ key: `call:${locationId}:${call.key}`, write, find }, settings);
  return written.outcome === "unknown" ? written : { outcome: "logged", how: written.how, messageId: written.result };
}

async function send({ conversations }: ConversationsClient, call: LoggedCall, signal: AbortSignal): Promise<string> {
  const { contactId, key, providerId, to, from, status, at } = call;
  const date = at === undefined ? {} : { date: new Date(at).toISOString() };
  // Fields of the call that stand beside `call` are ignored without a word.
  const body = { type: "Call", contactId, altId: key, conversationProviderId: providerId, call: { to, from, status }, ...date } as const;
  const { messageId } =
    call.direction === "inbound"
      ? await conversations.addInboundMessage({ body }, { signal })
      : await conversations.addOutboundMessage({ body }, { signal });
  return messageId;
}

async function findCalls({ conversations }: ConversationsClient, call: LoggedCall, sinceMs: number): Promise<readonly string[]> {
  const startDate = new Date(Math.min(sinceMs, call.at ?? Number.POSITIVE_INFINITY)).toISOString();
  const query = { contactId: call.contactId, channel: "Call" as const, startDate, limit: 100 };
  const fits: string[] = [];
  for await (const found of conversations.exportMessages(query, { fresh: true })) {
    if ((found as { readonly altId?: string }).altId === call.key) fits.push(found.id);
  }
  return fits;
}

/** The recording of a call; `undefined` when there is none, or none yet: the platform's answer is the same. */
export async function readRecording({ conversations }: ConversationsClient, messageId: string): Promise<Blob | undefined> {
  return absentWhen("validation", /does not have recording/i, () => conversations.getMessageRecording({ messageId }));
}

/** The transcript of a call; `undefined` when there is none, or none yet: the platform's answer is the same. */
export async function readTranscript(
  { conversations }: ConversationsClient,
  messageId: string,
): Promise<readonly CallSentence[] | undefined> {
  const sentences = await absentWhen("bad_request", /transcription does not exist/i, () =>
    conversations.getMessageTranscription({ messageId }),
  );
  return sentences?.map(({ speaker, transcript, startTime, endTime }) => ({
    speaker: speaker === undefined ? undefined : Number(speaker),
    text: transcript ?? "",
    startSeconds: startTime ?? 0,
    endSeconds: endTime ?? 0,
  }));
}

async function absentWhen<Value>(
  code: "validation" | "bad_request",
  words: RegExp,
  read: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isGhlError(error, "not_found")) return undefined;
    const texts = isGhlError(error, "validation") ? error.fields.map(({ message }) => message).join(" ") : "";
    if (isGhlError(error, code) && (words.test(error.message) || words.test(texts))) return undefined;
    throw error;
  }
}
