import type { InboxDelivery } from "@ghlkit/storage";
import { restoreEvent } from "./create-event.ts";
import { isEventType } from "./known-types.ts";
import type { JsonObject } from "../verify/parse-body.ts";
import { sha256Hex } from "./hash.ts";
import type { WebhookEvent } from "./webhook-event.ts";

/** An event as the inbox stores it. */
export async function deliveryOfEvent(event: WebhookEvent, synthetic = false): Promise<InboxDelivery> {
  const { id, source, type, resource, entity, occurredAt, receivedAt, headers, rawBody } = event;
  const hash = await sha256Hex(rawBody as Uint8Array<ArrayBuffer>);
  const owner = resource === undefined ? {} : { resource: resource.id };
  return { id, hash, source, type, ...owner, entity, occurredAt, receivedAt, headers, body: rawBody, synthetic };
}

/** The event of a delivery that was verified when it came in. */
export function eventOfDelivery(delivery: InboxDelivery): WebhookEvent {
  const { id, source, entity, occurredAt, receivedAt, headers, body, type } = delivery;
  const fields = JSON.parse(new TextDecoder().decode(body)) as JsonObject;
  const envelope = { id, source, entity, occurredAt, receivedAt, headers, rawBody: body };
  return restoreEvent(envelope, fields, isEventType(type) ? type : undefined);
}
