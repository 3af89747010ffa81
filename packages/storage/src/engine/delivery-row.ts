import type { DeliveryState, StoredDelivery } from "../inbox/inbox-delivery.ts";

const gone = new Uint8Array();

/** A row of an inbox table as a delivery: columns named alike in every engine, booleans as 0 and 1 where it has none. */
export function decodeDelivery(row: Readonly<Record<string, unknown>>): StoredDelivery {
  const { resource, error, finished_at: finishedAt, body } = row;
  return {
    id: String(row["id"]),
    hash: String(row["hash"]),
    source: String(row["source"]),
    type: String(row["type"]),
    ...(resource === null ? {} : { resource: String(resource) }),
    entity: String(row["entity"]),
    occurredAt: Number(row["occurred_at"]),
    receivedAt: Number(row["received_at"]),
    headers: JSON.parse(String(row["headers"])) as Record<string, string>,
    // A plain view, whatever kind of bytes the driver gives.
    body: body instanceof Uint8Array ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : gone,
    synthetic: Boolean(row["synthetic"]),
    seq: Number(row["seq"]),
    state: row["state"] as DeliveryState,
    attempts: Number(row["attempts"]),
    duplicates: Number(row["duplicates"]),
    ...(error === null ? {} : { error: String(error) }),
    ...(finishedAt === null ? {} : { finishedAt: Number(finishedAt) }),
  };
}
