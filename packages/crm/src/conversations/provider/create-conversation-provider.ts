import { checkNumber, systemClock } from "@ghlkit/core";
import { createWebhookReceiver, type WebhookReceiver } from "@ghlkit/webhooks";
import { oneAtATime } from "../../location/one-at-a-time.ts";
import { deliverMessage } from "./deliver-message.ts";
import { postInbound, type InboundMessage, type InboundResult } from "./post-inbound.ts";
import { providerMessage } from "./provider-message.ts";
import type { ConversationProviderOptions } from "./provider-options.ts";
import type { ProviderSettings } from "./provider-settings.ts";
import { reportStatus, type DeliveryStatus, type ReportedMessage, type StatusReport } from "./report-status.ts";

/** A conversation provider of a marketplace app. */
export interface ConversationProvider {
  /** Answers the delivery URL: checks the signature, keeps the message, and hands it to `deliver`, once. `start()` begins to deliver, `close()` ends it. */
  readonly receiver: WebhookReceiver;
  /** Reports what the carrier says about a message; forward only. @throws GhlError for outages and authorisation. */
  readonly status: (message: ReportedMessage, status: DeliveryStatus) => Promise<StatusReport>;
  /** Writes a message that came in into the thread of its contact, once per `altId`. @throws GhlError for outages and authorisation. */
  readonly inbound: (message: InboundMessage) => Promise<InboundResult>;
}

const stopWords = ["stop", "stopall", "unsubscribe", "cancel", "end", "quit"];
const startWords = ["start", "unstop", "yes"];

/**
 * Makes a conversation provider: HighLevel's messages go to a carrier, once each, and the carrier's reports and messages come back.
 * @throws GhlError `invalid_request` for numbers that are none.
 */
export function createConversationProvider<Transaction>(options: ConversationProviderOptions<Transaction>): ConversationProvider {
  const { clock = systemClock, lagMs = 30_000, source, inbox, onEvent, worker } = options;
  checkNumber("createConversationProvider", "lagMs", lagMs);
  const settings: ProviderSettings = {
    providerId: options.providerId,
    journal: options.journal,
    locationOf: options.locationOf,
    deliver: options.deliver,
    wasDelivered: options.wasDelivered,
    checkOptOut: options.checkOptOut ?? true,
    stopWords: new Set(options.stopWords ?? stopWords),
    startWords: new Set(options.startWords ?? startWords),
    lagMs,
    clock,
    inTurn: oneAtATime(),
  };
  const receiver = createWebhookReceiver({
    source,
    inbox,
    clock,
    worker: { handlerTimeoutMs: 0, ...worker },
    handlers: {
      ProviderOutboundMessage: async (event, { signal }) => {
        const message = providerMessage(event.payload);
        if (message !== undefined) await deliverMessage(message, signal, settings);
      },
    },
    ...(onEvent !== undefined && { onEvent }),
  });
  return {
    receiver,
    status: (message, status) => reportStatus(message, status, settings),
    inbound: (message) => postInbound(message, settings),
  };
}
