import type { Inbox, StoredDelivery } from "@ghlkit/storage";
import type { ChangedRecord, RepairedKind } from "./reader.ts";

/** What the inbox knows of a record. */
export interface Told {
  /** An event that is not older than the change. */
  readonly already: boolean;
  readonly creation: boolean;
}

/** Looks at the newest hundred events of the record or the conversation: more than that in the overlap are told once more. */
export async function whatWasTold(inbox: Inbox, kind: RepairedKind, record: ChangedRecord): Promise<Told> {
  return kind === "message" ? messageTold(inbox, record) : recordTold(inbox, kind, record);
}

async function recordTold(inbox: Inbox, kind: "contact" | "opportunity", { id, changedAt }: ChangedRecord): Promise<Told> {
  const { deliveries } = await inbox.query({ entity: `${kind}:${id}` });
  // Notes and tasks are of the contact's entity, too, and tell nothing of the contact.
  const own = deliveries.filter(({ type }) => type.startsWith(kind === "contact" ? "Contact" : "Opportunity"));
  return { already: own.some(({ occurredAt }) => occurredAt >= changedAt), creation: own.some(({ type }) => type.endsWith("Create")) };
}

async function messageTold(inbox: Inbox, { id, fields }: ChangedRecord): Promise<Told> {
  const { conversationId } = fields;
  if (typeof conversationId !== "string") return { already: false, creation: false };
  const { deliveries } = await inbox.query({ entity: `conversation:${conversationId}` });
  const already = deliveries.some((delivery) => isOfMessage(delivery, id));
  return { already, creation: already };
}

const decoder = new TextDecoder();

function isOfMessage({ type, body }: StoredDelivery, id: string): boolean {
  return (type === "InboundMessage" || type === "OutboundMessage") && decoder.decode(body).includes(JSON.stringify(id));
}
