import type { DeliveryState, StoredDelivery } from "@ghlkit/storage";
import type { Row } from "../postgres-connection.ts";

const gone = new Uint8Array();

/** A row of the inbox as a delivery. */
export function deliveryOf(row: Row): StoredDelivery {
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
    body: body instanceof Uint8Array ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : gone,
    synthetic: row["synthetic"] === true,
    seq: Number(row["seq"]),
    state: row["state"] as DeliveryState,
    attempts: Number(row["attempts"]),
    duplicates: Number(row["duplicates"]),
    ...(error === null ? {} : { error: String(error) }),
    ...(finishedAt === null ? {} : { finishedAt: Number(finishedAt) }),
  };
}
