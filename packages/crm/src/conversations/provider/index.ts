// A conversation provider
export { createConversationProvider, type ConversationProvider } from "./create-conversation-provider.ts";
export type { CarrierResult, ConversationProviderOptions, DeliverContext, ProviderClient } from "./provider-options.ts";
export type { ProviderEmail, ProviderMessage, ProviderText } from "./provider-message.ts";

// What the carrier reports
export type { DeliveryStatus, ReportedMessage, StatusReport } from "./report-status.ts";
export type { InboundMessage, InboundResult } from "./post-inbound.ts";
