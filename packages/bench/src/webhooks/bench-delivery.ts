import { createHash } from "node:crypto";
import type { InboxDelivery } from "@ghlkit/storage";
import { signedBody } from "./signed-body.ts";

/** The delivery of `signedBody(at)` as a receiver keeps it. */
export function benchDelivery(at: number, contacts = 5000): InboxDelivery {
  const { body, signature } = signedBody(at, contacts);
  const time = 1_780_000_000_000 + at;
  return {
    id: `bench-${at}`,
    hash: createHash("sha256").update(body).digest("hex"),
    source: "marketplace",
    type: "ContactUpdate",
    resource: "loc-1",
    entity: `contact:contact-${at % contacts}`,
    occurredAt: time,
    receivedAt: time,
    headers: { "content-type": "application/json", "x-ghl-signature": signature },
    body,
    synthetic: false,
  };
}
