import type { EventFields } from "../platform-event.ts";
import type { EventSampleContext, EventSamples } from "./sample-context.ts";

type ConversationKind =
  | "InboundMessage"
  | "OutboundMessage"
  | "ConversationUnreadWebhook"
  | "ConversationUpdate"
  | "ProviderOutboundMessage"
  | "LCEmailStats"
  | "VoiceAiCallEnd";

function message({ ids, now }: EventSampleContext): EventFields<"InboundMessage"> {
  return {
    messageId: ids.record(),
    conversationId: ids.record(),
    contactId: ids.record(),
    messageType: "SMS",
    contentType: "text/plain",
    body: "Is Tuesday still free?",
    status: "delivered",
    attachments: [],
    dateAdded: now,
  };
}

/** Messages, calls and mail statistics. */
export const conversationSamples: EventSamples<ConversationKind> = {
  InboundMessage: (context) => ({ ...message(context), direction: "inbound" }),
  OutboundMessage: (context) => ({ ...message(context), direction: "outbound", source: "api", userId: context.seed.users.admin }),
  ConversationUnreadWebhook: ({ ids }) => ({
    id: ids.record(),
    contactId: ids.record(),
    unreadCount: 1,
    inbox: true,
    starred: false,
    deleted: false,
  }),
  // Known by name only.
  ConversationUpdate: () => ({}),
  ProviderOutboundMessage: ({ ids, seed }) => ({
    type: "SMS",
    contactId: ids.record(),
    messageId: ids.record(),
    phone: "+12025550123",
    message: "Tuesday it is",
    attachments: [],
    userId: seed.users.admin,
  }),
  LCEmailStats: ({ ids, now }) => ({
    webhookPayload: {
      event: "delivered",
      id: ids.record(),
      timestamp: Math.floor(Date.parse(now) / 1000),
      flags: { "is-authenticated": true, "is-routed": false, "is-big": false, "is-system-test": false, "is-test-mode": false },
      message: {
        attachments: [],
        headers: { "message-id": `${ids.record()}@mail.example.com`, from: "office@example.com", to: "ada@example.com" },
        size: 2048,
      },
      "log-level": "info",
      recipient: "ada@example.com",
      "recipient-domain": "example.com",
      "recipient-provider": "Other",
      tags: [],
      campaigns: [],
      "delivery-status": {
        "attempt-no": 1,
        code: 250,
        message: "OK",
        description: "",
        "session-seconds": 0.4,
        "mx-host": "mx.example.com",
        utf8: true,
      },
      envelope: { sender: "office@example.com", targets: "ada@example.com", transport: "smtp", "sending-ip": "192.0.2.1" },
    },
  }),
  VoiceAiCallEnd: ({ ids, now }) => ({
    id: ids.record(),
    agentId: ids.object(),
    contactId: ids.record(),
    fromNumber: "+12025550123",
    createdAt: now,
    duration: 64,
    summary: "Wants an appointment on Tuesday",
    transcript: "bot: How can I help?\nhuman: Is Tuesday free?",
    translation: {},
    extractedData: {},
    executedCallActions: [],
    messageId: ids.record(),
    trialCall: false,
  }),
};
