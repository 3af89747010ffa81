import type { Inbox, StoredDelivery } from "@ghlkit/storage";
import type { Feed } from "./feed.ts";

/** Prints what arrived since a time, oldest first. */
export async function tellEarlier(inbox: Inbox, since: number, feed: Feed): Promise<void> {
  const found: StoredDelivery[] = [];
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const { deliveries, next } = await inbox.query({ since, limit: 1000, ...(after !== undefined && { after }) });
    // Bodies of many days would fill the memory.
    found.push(...deliveries.map((delivery) => ({ ...delivery, body: new Uint8Array() })));
    after = next;
  }
  for (const { type, id, entity, resource, state, error, receivedAt } of found.toReversed()) {
    const about = { type, id, entity, ...(resource !== undefined && { resource }) };
    feed({ kind: "earlier", ...about, detail: error === undefined ? state : `${state}: ${error}` }, receivedAt);
  }
}
