import { checkNumber, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { GetMessageResponse } from "@ghlkit/contract/types/conversations";
import { logCall, readRecording, readTranscript, type CallSentence, type LogCallResult, type LoggedCall } from "./call-record.ts";
import type { ConversationsClient } from "./conversations-client.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import { sendMessage } from "./send-message.ts";
import type { SendResult } from "./send-result.ts";
import { listHistory, listThreads, type Thread, type ThreadQuery } from "./thread.ts";
import { watchDelivery, type DeliveryOptions, type DeliveryResult } from "./watch-delivery.ts";

/** Options of {@link createConversations}. */
export interface ConversationsOptions {
  /** `storage.journal` of any engine: keeps which messages were sent. */
  readonly journal: Journal;
  /** Part of the keys in the journal. @default keys are shared by all locations of the journal */
  readonly locationId?: string;
  /**
   * Ms after which a message that was not seen in the thread was not sent: longer than a request may be under way, and than the thread lags.
   * @default 60_000
   */
  readonly settleMs?: number;
  /**
   * How long after the death of this process another one waits before it looks what became of its message, in ms.
   * @default 30_000
   */
  readonly leaseMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** The conversations of one location. */
export interface Conversations {
  /**
   * Sends a message at most once per key, across crashes and lost answers.
   * @throws GhlError for outages, authorisation, and refusals that are about the message itself, such as `validation`.
   */
  readonly send: (message: OutgoingMessage) => Promise<SendResult>;
  /**
   * Watches what becomes of a message, after 1, 2, 5, 10 and then every 30 s, in the bulk lane: no webhook reports the status of a text message.
   * @throws GhlError when the message cannot be read; `aborted` when the signal fires.
   */
  readonly delivery: (messageId: string, options?: DeliveryOptions) => Promise<DeliveryResult>;
  /** Threads, those with the newest messages first: read on as the loop goes on. */
  readonly threads: (query?: ThreadQuery) => AsyncIterableIterator<Thread>;
  /** Messages of a thread, the newest first: read on as the loop goes on. */
  readonly history: (conversationId: string, options?: { readonly signal?: AbortSignal }) => AsyncIterableIterator<GetMessageResponse>;
  /** Writes a call that took place elsewhere into the thread of its contact, once per key. */
  readonly logCall: (call: LoggedCall) => Promise<LogCallResult>;
  /** The recording of a call; `undefined` when there is none, or none yet. */
  readonly recording: (messageId: string) => Promise<Blob | undefined>;
  /** The transcript of a call; `undefined` when there is none, or none yet. */
  readonly transcript: (messageId: string) => Promise<readonly CallSentence[] | undefined>;
}

/** Makes the conversations of one location. @throws GhlError `invalid_request` for times that are none. */
export function createConversations(location: ConversationsClient, options: ConversationsOptions): Conversations {
  const { clock = systemClock, settleMs = 60_000, leaseMs = 30_000, journal, locationId = "" } = options;
  checkNumber("createConversations", "settleMs", settleMs);
  checkNumber("createConversations", "leaseMs", leaseMs, { above: true });
  const settings = { location, journal, locationId, settleMs, leaseMs, clock };
  return {
    send: (message) => sendMessage(message, settings),
    delivery: (messageId, given) => watchDelivery(location, messageId, { clock, ...given }),
    threads: (query = {}) => listThreads(location, query),
    history: (conversationId, given = {}) => listHistory(location, conversationId, given),
    logCall: (call) => logCall(call, settings),
    recording: (messageId) => readRecording(location, messageId),
    transcript: (messageId) => readTranscript(location, messageId),
  };
}
