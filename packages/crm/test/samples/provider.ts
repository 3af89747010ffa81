import { createConversationProvider, type ConversationProvider, type ProviderText } from "@ghlkit/crm/conversations/provider";
import type { Inbox, Journal } from "@ghlkit/storage";
import { createConversationProviderSource } from "@ghlkit/webhooks";
import type { Ghl } from "ghlkit";

interface Carrier {
  /** Sends at most once per idempotency key. */
  send(message: { to: string; text: string; idempotencyKey: string }): Promise<{ id: string }>;
  find(idempotencyKey: string): Promise<{ id: string } | undefined>;
}

interface Kept<Transaction> {
  inbox: Inbox<Transaction>;
  journal: Journal;
}

export function textProvider<Transaction>(ghl: Ghl, { inbox, journal }: Kept<Transaction>, carrier: Carrier): ConversationProvider {
  return createConversationProvider({
    providerId: "your-provider-id",
    source: createConversationProviderSource({ appId: "your-app-id" }),
    inbox,
    journal,
    locationOf: (locationId) => ghl.location(locationId),
    deliver: async (message) => {
      const { messageId, to, text } = message as ProviderText;
      const { id } = await carrier.send({ to, text, idempotencyKey: messageId });
      return { outcome: "accepted", carrierId: id };
    },
    wasDelivered: async ({ messageId }) => {
      const sent = await carrier.find(messageId);
      return sent === undefined ? "no" : { outcome: "accepted", carrierId: sent.id };
    },
  });
}
