import { createEvent } from "../events/create-event.ts";
import type { EventType } from "../events/event-type.ts";
import type { InboxDelivery } from "@ghlkit/storage";
import { deliveryOfEvent } from "../events/delivery-of-event.ts";
import type { ChangedRecord, RepairedKind } from "./reader.ts";

export interface SyntheticEvent {
  readonly type: EventType;
  readonly location: string;
  /** Ms since epoch. */
  readonly at: number;
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A delivery that the platform should have sent. Its id follows from its content, so that a second repair adds nothing. */
export async function syntheticDelivery(event: SyntheticEvent, receivedAt: number): Promise<InboxDelivery> {
  const { type, location, at, key, fields } = event;
  const webhookId = `repair:${type}:${key}:${at}`;
  const content = { ...fields, type, locationId: location, timestamp: new Date(at).toISOString(), webhookId };
  const body = new TextEncoder().encode(JSON.stringify(content));
  return deliveryOfEvent(await createEvent({ fields: content, body, headers: {}, source: "gap-repair", receivedAt, type }), true);
}

/** The event that the platform would have sent for a changed record. */
export function eventOfChange(
  kind: RepairedKind,
  record: ChangedRecord,
  options: { readonly location: string; readonly isNew: boolean },
): SyntheticEvent {
  const { id, createdAt, changedAt, fields } = record;
  const { location, isNew } = options;
  if (kind === "message") {
    const type = fields["direction"] === "inbound" ? "InboundMessage" : "OutboundMessage";
    return { type, location, at: createdAt, key: id, fields: { ...fields, messageId: id } };
  }
  const name = kind === "contact" ? "Contact" : "Opportunity";
  return { type: `${name}${isNew ? "Create" : "Update"}`, location, at: changedAt, key: id, fields: { ...fields, id } };
}
