import type { InboxDelivery } from "@ghlkit/storage";
import { createEvent } from "../events/create-event.ts";
import { isEventType } from "../events/known-types.ts";
import type { JsonObject } from "../verify/parse-body.ts";
import { sha256Hex } from "../events/hash.ts";
import type { WebhookEvent } from "../events/webhook-event.ts";

/** An event as the inbox keeps it. */
export async function deliveryOfEvent(event: WebhookEvent, synthetic = false): Promise<InboxDelivery> {
  const { id, source, type, resource, entity, occurredAt, receivedAt, headers, rawBody } = event;
  const hash = await sha256Hex(rawBody as Uint8Array<ArrayBuffer>);
  const owner = resource === undefined ? {} : { resource: resource.id };
  return { id, hash, source, type, ...owner, entity, occurredAt, receivedAt, headers, body: rawBody, synthetic };
}

/** The event of a delivery that was verified when it came in. */
export async function eventOfDelivery(delivery: InboxDelivery): Promise<WebhookEvent> {
  const body = delivery.body as Uint8Array<ArrayBuffer>;
  const fields = JSON.parse(new TextDecoder().decode(body)) as JsonObject;
  const { headers, source, receivedAt, type } = delivery;
  const event = await createEvent({ fields, body, headers, source, receivedAt, type: isEventType(type) ? type : undefined });
  // As it was kept, even if a newer version of this package would read it otherwise.
  return { ...event, id: delivery.id, entity: delivery.entity, occurredAt: delivery.occurredAt };
}
