import { badRequest } from "../../http/refusal.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { nowIso, type Call } from "../../call/call.ts";
import { addTransaction } from "../payments/transactions.ts";
import { invoiceSearch } from "./invoice-filters.ts";
import { nextInvoiceNumber } from "./invoice-numbers.ts";
import { invoiceTotals, withLineIds } from "./invoice-totals.ts";

export const invoices = "/invoices";

/** Invoices: `draft` → `sent` → `partially_paid` → `paid`; `void` from all but paid. Overdue is no status. */
export const invoiceResource: ResourceDeclaration = resource(invoices, {
  create: newInvoice,
  change: changedInvoice,
  view: ({ fields }) => invoiceSums(fields),
  actions: {
    "invoices.send": (invoice, call) => sentInvoice(invoice, call),
    "invoices.void": (invoice) => {
      refuseStatus(invoice, ["paid", "void"], "voided");
      return { status: "void" };
    },
    "invoices.recordPayment": recordPayment,
  },
  beside: () => ({ smsData: {}, emailData: {} }),
  filters: invoiceSearch,
  pageSize: 10,
});

/** Fields of a new invoice; the lines are sent as `items` and shown as `invoiceItems`. */
export function newInvoice({ items, ...input }: Fields, call: Call): Fields {
  return {
    status: "draft",
    amountPaid: 0,
    discount: { type: "percentage", value: 0 },
    liveMode: true,
    automaticTaxesEnabled: false,
    title: "INVOICE",
    ...input,
    invoiceNumber: String(input["invoiceNumber"] ?? nextInvoiceNumber(call)),
    invoiceItems: withLineIds(items, call.world.ids.object),
  };
}

/** PUT replaces everything that the API can write. A paid invoice cannot be edited, the contact of a partially paid one cannot be changed. */
function changedInvoice(before: Fields, input: Fields, call: Call): Fields {
  if (before["status"] === "paid" || before["status"] === "void")
    throw badRequest(`A ${before["status"]} invoice cannot be edited`, {}, "documented");
  if (call.operation.method !== "PUT") return { ...before, ...touched(input, call) };
  const { status, amountPaid, liveMode, sentTo, contactDetails, invoiceNumber } = before;
  const contact = status === "partially_paid" ? { contactDetails } : {};
  const kept = { status, amountPaid, liveMode, sentTo, contactDetails, invoiceNumber };
  return { ...kept, ...input, ...contact, invoiceItems: withLineIds(input["invoiceItems"], call.world.ids.object) };
}

/** `PATCH …/last-visited-at` says that the invoice was looked at. */
function touched(input: Fields, call: Call): Fields {
  return call.operation.id === "invoices.updateLastVisitedAt" ? { lastVisitedAt: nowIso(call) } : input;
}

/** What is computed of an invoice. */
export function invoiceSums({ invoiceItems, discount, currency, amountPaid }: Fields): Fields {
  const { subTotal, discount: cut, tax, total } = invoiceTotals({ items: invoiceItems, discount, currency });
  const amountDue = Math.round((total - Number(amountPaid ?? 0)) * 100) / 100;
  return { total, amountDue, totalSummary: { subTotal, discount: cut, tax } };
}

/** Sending a draft makes it `sent`; what is paid in part stays so. */
export function sentInvoice(invoice: ResourceRecord, { body, ...call }: Call): Fields {
  refuseStatus(invoice, ["void", "paid"], "sent");
  const status = invoice.fields["status"] === "draft" ? "sent" : invoice.fields["status"];
  return { status, liveMode: body["liveMode"] ?? invoice.fields["liveMode"], sentAt: nowIso({ ...call, body }), sentBy: body["userId"] };
}

/** The only way in which the API makes a transaction. @throws Refusal 400 for more than is due. */
function recordPayment(invoice: ResourceRecord, call: Call): Fields {
  refuseStatus(invoice, ["paid", "void"], "paid");
  const { amountDue, total } = invoiceSums(invoice.fields) as { readonly amountDue: number; readonly total: number };
  const amount = Number(call.body["amount"] ?? amountDue);
  if (!(amount > 0) || amount > amountDue) throw badRequest(`The amount must be between 0 and the amount due, ${amountDue}`);
  addTransaction(call, invoice, amount);
  const amountPaid = Math.round((Number(invoice.fields["amountPaid"]) + amount) * 100) / 100;
  return { amountPaid, status: amountPaid >= total ? "paid" : "partially_paid" };
}

function refuseStatus({ fields }: ResourceRecord, statuses: readonly string[], act: string): void {
  const status = String(fields["status"]);
  if (statuses.includes(status)) throw badRequest(`A ${status} invoice cannot be ${act}`);
}
