import type { Inbox, StoredDelivery } from "@ghlkit/storage";
import type { ChangedRecord, RepairedKind } from "./reader.ts";

/** What the inbox knows of a record. */
export interface KnownEvents {
  /** Whether it has an event that is not older than the change. */
  readonly isCurrent: boolean;
  /** Whether it has the event of the record's creation. */
  readonly hasCreation: boolean;
}

/** Looks at the newest hundred events of the record or the conversation: a change that was followed by more is delivered once more. */
export async function findKnownEvents(inbox: Inbox, kind: RepairedKind, record: ChangedRecord): Promise<KnownEvents> {
  return kind === "message" ? ofMessage(inbox, record) : ofRecord(inbox, kind, record);
}

async function ofRecord(inbox: Inbox, kind: "contact" | "opportunity", { id, changedAt }: ChangedRecord): Promise<KnownEvents> {
  const { deliveries } = await inbox.query({ entity: `${kind}:${id}` });
  // Notes and tasks belong to the contact's entity, too, but say nothing about the contact.
  const own = deliveries.filter(({ type }) => type.startsWith(kind === "contact" ? "Contact" : "Opportunity"));
  return {
    isCurrent: own.some(({ occurredAt }) => occurredAt >= changedAt),
    hasCreation: own.some(({ type }) => type.endsWith("Create")),
  };
}

async function ofMessage(inbox: Inbox, { id, fields }: ChangedRecord): Promise<KnownEvents> {
  const { conversationId } = fields;
  if (typeof conversationId !== "string") return { isCurrent: false, hasCreation: false };
  const { deliveries } = await inbox.query({ entity: `conversation:${conversationId}` });
  const isKnown = deliveries.some((delivery) => isOfMessage(delivery, id));
  return { isCurrent: isKnown, hasCreation: isKnown };
}

const decoder = new TextDecoder();

function isOfMessage({ type, body }: StoredDelivery, id: string): boolean {
  return (type === "InboundMessage" || type === "OutboundMessage") && decoder.decode(body).includes(JSON.stringify(id));
}
