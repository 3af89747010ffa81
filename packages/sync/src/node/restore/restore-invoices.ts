import type { CreateInvoice } from "@ghlkit/contract/types/invoices";
import type { Wire } from "../../kinds/kind.ts";
import { textOf, timeOf } from "../../kinds/wire-values.ts";
import { contactOf, type KindRestore, type MadeRecord, type RestoreContext } from "./kind-restore.ts";
import { listTarget } from "./target-records.ts";

const tenant = { altType: "location" } as const;

/** Invoices that wait for their payment: as drafts, because sending them is a person's decision. Recognised by id, or by contact, name, total and day. */
export async function restoreInvoices(context: RestoreContext): Promise<KindRestore> {
  const target = await listTarget("invoices", context, { keys: (body) => [keyOf(body)], written: () => ({}) });
  return {
    kind: "invoices",
    idOf: ({ _id }) => String(_id),
    identity: (body) => [payerOf(body)],
    claim: (id, taker) => void target.claim(id, taker),
    has: (id) => target.has(id),
    plan: async (body) => {
      const contactId = contactOf(context, payerOf(body));
      const id = target.take(String(body["_id"]), contactId === undefined ? [] : [keyOf(withContact(body, contactId))]);
      if (id !== undefined) return { outcome: "unchanged", id };
      const why = contactId === undefined ? "whose contact was not restored" : whyLeft(body, context);
      if (why !== undefined || contactId === undefined) return { outcome: "left", why: why ?? "" };
      const wanted = withContact(body, contactId);
      return {
        outcome: "create",
        create: async ({ invoices }) => {
          const made = (await invoices.create({ body: invoiceBody(wanted, context) })) as Wire;
          return { id: String(made["_id"]), isNew: true };
        },
        find: async ({ invoices }, since): Promise<readonly MadeRecord[]> => {
          const { invoices: found } = await invoices.list({ ...tenant, contactId, limit: "100", offset: "0" });
          return (found as readonly Wire[])
            .filter((one) => keyOf(one) === keyOf(wanted) && (timeOf(one["createdAt"]) ?? 0) >= since)
            .map((one) => ({ id: String(one["_id"]), isNew: true }));
        },
      };
    },
    losses: ({ status }) => (status === "draft" || isOver(status) ? [] : ["as drafts: send them anew"]),
  };
}

function payerOf({ contactDetails }: Wire): string {
  return String((contactDetails as Wire | undefined)?.["id"]);
}

function withContact(body: Wire, id: string): Wire {
  return { ...body, contactDetails: { ...(body["contactDetails"] as Wire), id } };
}

function keyOf(body: Wire): string {
  const { name, total, issueDate, currency } = body;
  return JSON.stringify([payerOf(body), name, total, String(issueDate).slice(0, 10), currency]);
}

/** What was paid, in part or whole, or is void must not ask for money again. */
function isOver(status: unknown): boolean {
  return status !== "draft" && status !== "sent" && status !== "overdue" && status !== "viewed";
}

function whyLeft({ status, amountPaid, invoiceItems }: Wire, { isSameLocation }: RestoreContext): string | undefined {
  if (isOver(status) || (typeof amountPaid === "number" && amountPaid > 0))
    return "that were paid, in part or whole, or are void: a new draft would ask for the money again";
  const hasTaxes = itemsOf(invoiceItems).some(({ taxes }) => Array.isArray(taxes) && taxes.length > 0);
  return hasTaxes && !isSameLocation ? "with taxes, whose ids are those of the other location" : undefined;
}

function itemsOf(items: unknown): readonly Wire[] {
  return Array.isArray(items) ? (items as readonly Wire[]) : [];
}

function invoiceBody(body: Wire, { isSameLocation }: RestoreContext): CreateInvoice {
  const {
    name,
    title,
    currency,
    discount,
    termsNotes,
    issueDate,
    dueDate,
    liveMode,
    businessDetails,
    contactDetails,
    invoiceItems,
    invoiceNumber,
  } = body;
  const { email } = contactDetails as Wire;
  const items = itemsOf(invoiceItems).map(
    ({ name: line, description, amount, qty, currency: unit, taxes, taxInclusive, productId, priceId }) => ({
      name: line,
      amount,
      qty,
      currency: unit ?? currency,
      ...(textOf(description) !== undefined && { description }),
      ...(taxes !== undefined && { taxes }),
      ...(taxInclusive !== undefined && { taxInclusive }),
      ...(isSameLocation && textOf(productId) !== undefined && { productId }),
      ...(isSameLocation && textOf(priceId) !== undefined && { priceId }),
    }),
  );
  return {
    name,
    currency,
    items,
    discount: discount ?? { type: "percentage", value: 0 },
    contactDetails,
    businessDetails: businessDetails ?? {},
    issueDate: String(issueDate).slice(0, 10),
    ...(textOf(dueDate) !== undefined && { dueDate: String(dueDate).slice(0, 10) }),
    sentTo: { email: textOf(email) === undefined ? [] : [email] },
    liveMode: liveMode === true,
    ...(textOf(title) !== undefined && { title }),
    ...(textOf(termsNotes) !== undefined && { termsNotes }),
    // Numbers of another location may be taken here.
    ...(isSameLocation && textOf(invoiceNumber) !== undefined && { invoiceNumber }),
  } as unknown as CreateInvoice;
}
