import type { InboxDelivery } from "../inbox/inbox-delivery.ts";

/** A delivery for tests: everything but its id has a default. */
export function sampleDelivery(id: string, change: Partial<InboxDelivery> = {}): InboxDelivery {
  return {
    id,
    hash: `hash of ${id}`,
    source: "marketplace",
    type: "ContactUpdate",
    resource: "loc-1",
    entity: `contact:${id}`,
    occurredAt: 1_700_000_000_000,
    receivedAt: 1_700_000_001_000,
    headers: { "x-ghl-signature": "c2ln" },
    body: Uint8Array.of(123, 0, 255, 125),
    synthetic: false,
    ...change,
  };
}
