import type { Inbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver, type WebhookReceiver } from "@ghlkit/webhooks";
import type { LocationClient } from "ghlkit";

export interface WebhookParts {
  readonly location: LocationClient;
  readonly locationId: string;
  readonly inbox: Inbox;
  readonly appId: string;
  /** Public keys beside the platform's: that of a local HighLevel. */
  readonly additionalKeys: readonly string[];
}

/** Answers webhooks once they are stored, then handles each of them once and in order. */
export function createWebhooks({ location, locationId, inbox, appId, additionalKeys }: WebhookParts): WebhookReceiver {
  return createWebhookReceiver({
    source: createMarketplaceSource({ appId, additionalKeys }),
    inbox,
    filter: { resources: [locationId] },
    handlers: {
      // A handler may run again after a crash: adding a tag twice changes nothing.
      ContactCreate: async ({ payload }) => {
        await location.contacts.addTags({ contactId: payload.id, body: { tags: ["to call"] } });
      },
    },
    onEvent: (notice) => {
      if ("error" in notice) console.error(`webhooks: ${notice.type}`, notice.error);
    },
  });
}
