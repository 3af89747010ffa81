import type { KindDefinition, Wire } from "./kind.ts";
import { offsetPages } from "./offset-pages.ts";
import { textOf, timeOf, unlessMissing } from "./wire-values.ts";

const pageSize = 100;

/** What the tenant of an invoice is called; the id is that of the client. */
const tenant = { altType: "location" } as const;

/** Invoices: listed by offset. The platform cannot list those that were changed. */
export const invoices: KindDefinition = {
  kind: "invoices",
  id: "_id",
  ignored: ["traceId"],
  compared: [
    "status",
    "name",
    "invoiceNumber",
    "currency",
    "total",
    "amountPaid",
    "amountDue",
    "discount",
    "invoiceItems",
    "contactDetails",
    "issueDate",
    "dueDate",
    "liveMode",
    "createdAt",
    "updatedAt",
  ],
  version: ({ updatedAt, createdAt }) => timeOf(updatedAt) ?? timeOf(createdAt),
  agedBy: ({ updatedAt, createdAt }) => timeOf(updatedAt) ?? timeOf(createdAt),
  contactOf: ({ contactDetails }) => textOf((contactDetails as Wire | undefined)?.["id"]),
  columns: {
    number: ["invoiceNumber", "text"],
    name: ["name", "text"],
    contact_id: ["contactDetails.id", "text"],
    status: ["status", "text"],
    currency: ["currency", "text"],
    total: ["total", "number"],
    amount_paid: ["amountPaid", "number"],
    amount_due: ["amountDue", "number"],
    is_live: ["liveMode", "boolean"],
    issued_at: ["issueDate", "text"],
    due_at: ["dueDate", "text"],
    created_at: ["createdAt", "text"],
    updated_at: ["updatedAt", "text"],
  },
  list: (location, { cursor }) =>
    offsetPages(
      async (offset) => {
        const { data, headers } = await location.invoices
          .list({ ...tenant, limit: String(pageSize), offset: String(offset) })
          .withResponse();
        return { items: data.invoices as readonly Wire[], total: data.total, headers };
      },
      { id: "_id", pageSize, cursor },
    ),
  read: ({ invoices: service }, invoiceId) => unlessMissing<Wire>(service.get({ ...tenant, invoiceId })),
};
