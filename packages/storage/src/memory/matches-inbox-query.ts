import type { StoredDelivery } from "../inbox/inbox-delivery.ts";
import type { InboxQuery } from "../inbox/inbox-query.ts";

/** Whether a delivery meets every condition. */
export function matchesInboxQuery(delivery: StoredDelivery, { since, until, type, resource, entity, state }: InboxQuery): boolean {
  return (
    (since === undefined || delivery.receivedAt >= since) &&
    (until === undefined || delivery.receivedAt < until) &&
    (type === undefined || delivery.type === type) &&
    (resource === undefined || delivery.resource === resource) &&
    (entity === undefined || delivery.entity === entity) &&
    (state === undefined || delivery.state === state)
  );
}
