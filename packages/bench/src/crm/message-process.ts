import { isGhlError } from "@ghlkit/core";
import { createConversations } from "@ghlkit/crm/conversations";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl } from "ghlkit";
import { readOrder } from "./child.ts";

/** Messages to many contacts, sent by a process that may be killed at any time. */
export interface MessageOrder {
  readonly baseUrl: string;
  readonly token: string;
  readonly locationId: string;
  readonly database: string;
  readonly contactIds: readonly string[];
  readonly messages: number;
  readonly settleMs: number;
}

/** How many are under way at a time. */
const atOnce = 20;

const { baseUrl, token, locationId, database, contactIds, messages, settleMs } = readOrder<MessageOrder>();
const storage = createSqliteStorage({ path: database });
const ghl = createGhl({
  token,
  location: locationId,
  baseUrl,
  limits: { limit: 1_000_000 },
  retry: { maxAttempts: 1 },
  breaker: { failures: 1_000_000 },
});
const conversations = createConversations(ghl.location(locationId), { journal: storage.journal, settleMs, leaseMs: 500 });

let next = 0;
let unresolved: number[] = [];
process.send?.("ready");
await Promise.all(Array.from({ length: atOnce }, () => work()));
// What became of a message is certain only after a while: those are asked for again.
for (let round = 0; unresolved.length > 0 && round < 20; round += 1) {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const again = unresolved;
  unresolved = [];
  for (const message of again) await send(message);
}
process.send?.({ unresolved: unresolved.length });
await ghl.close();
await storage.close();
process.disconnect();

async function work(): Promise<void> {
  while (next < messages) {
    const message = next;
    next += 1;
    await send(message);
  }
}

async function send(message: number): Promise<void> {
  const to = contactIds[message % contactIds.length] ?? "";
  try {
    const result = await conversations.send({ channel: "sms", to, text: `Message ${message}`, key: `message-${message}` });
    if (result.outcome === "unknown") unresolved.push(message);
  } catch (error) {
    // It certainly did not arrive: it may be sent again.
    if (!isGhlError(error, "network")) throw error;
    unresolved.push(message);
  }
}
