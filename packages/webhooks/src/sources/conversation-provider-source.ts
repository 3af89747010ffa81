import { createSignedSource, type MarketplaceSourceOptions } from "./marketplace-source.ts";
import type { WebhookSource } from "./webhook-source.ts";

/**
 * Messages that a conversation provider is to send, posted to its delivery URL. Their `type` is the channel (`SMS`, `Email`);
 * their events are `ProviderOutboundMessage`. Signed as marketplace events are.
 */
export function createConversationProviderSource(options: MarketplaceSourceOptions): WebhookSource {
  return createSignedSource("conversation-provider", options, "ProviderOutboundMessage");
}
