import type { KindDefinition, ListedPage, SyncLocation, Wire } from "./kind.ts";
import { offsetPages } from "./offset-pages.ts";
import { textOf, timeOf, unlessMissing } from "./wire-values.ts";

const pageSize = 100;
const tenant = { altType: "location" } as const;

/** So long after its creation a transaction is looked at again, in ms: it may be refunded, and no event says so. */
const settledAfterMs = 604_800_000;

/** Transactions: listed by offset, and by the day of their creation. They emit no events. */
export const transactions: KindDefinition = {
  kind: "transactions",
  id: "_id",
  ignored: ["traceId", "contactSnapshot"],
  compared: ["status", "amount", "amountRefunded", "currency", "contactId", "entityId", "entityType", "liveMode", "createdAt", "updatedAt"],
  version: ({ updatedAt, createdAt }) => timeOf(updatedAt) ?? timeOf(createdAt),
  agedBy: ({ createdAt }) => timeOf(createdAt),
  contactOf: ({ contactId }) => textOf(contactId),
  columns: {
    contact_id: ["contactId", "text"],
    status: ["status", "text"],
    amount: ["amount", "number"],
    amount_refunded: ["amountRefunded", "number"],
    currency: ["currency", "text"],
    entity_type: ["entityType", "text"],
    entity_id: ["entityId", "text"],
    is_live: ["liveMode", "boolean"],
    created_at: ["createdAt", "text"],
    updated_at: ["updatedAt", "text"],
  },
  list: (location, { cursor }) => listed(location, {}, cursor),
  changes: (location, since) =>
    listed(location, { startAt: new Date(Math.max(0, since - settledAfterMs)).toISOString().slice(0, 10) }, undefined),
  read: ({ payments }, transactionId) => unlessMissing<Wire>(payments.getTransaction({ ...tenant, transactionId }) as Promise<Wire>),
};

/** Pages of the transactions of a location, or of one thing that was paid. */
export function listed(
  { payments }: SyncLocation,
  filter: { readonly startAt?: string; readonly entityId?: string },
  cursor: unknown,
): AsyncIterable<ListedPage> {
  return offsetPages(
    async (offset) => {
      const { data, headers } = await payments.listTransactions({ ...tenant, ...filter, limit: pageSize, offset }).withResponse();
      return { items: data.data as unknown as readonly Wire[], total: data.totalCount, headers };
    },
    { id: "_id", pageSize, cursor },
  );
}
