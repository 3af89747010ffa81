import { badRequest } from "../../http/refusal.ts";
import { recordsIn } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { nowIso, type Call } from "../../call/call.ts";
import { invoiceSearch } from "./invoice-filters.ts";
import { nextInvoiceNumber, noteInvoiceNumber, type Numbered } from "./invoice-numbers.ts";
import { refuseStatus } from "./invoice-status.ts";
import { summed } from "./invoice-sums.ts";
import { withLineIds } from "./invoice-totals.ts";
import { recordPayment } from "./pay-invoice.ts";
import { refuseDetails } from "./refuse-details.ts";

export const invoices = "/invoices";

/** Invoices: `draft` → `sent` → `partially_paid` → `paid`; `void` from all but paid. Overdue, viewed and refunded are no statuses. */
export const invoiceResource: ResourceDeclaration = resource(invoices, {
  create(input, call) {
    refuseDetails(input, call.world.options.commerce);
    return newInvoice(input, call);
  },
  // Looking at an invoice is no edit.
  change: (before, input, call) =>
    call.operation.id === "invoices.updateLastVisitedAt"
      ? { ...before, lastVisitedAt: nowIso(call) }
      : summed(changedInvoice(before, input, call), call.world.options.commerce),
  actions: {
    "invoices.send": (invoice, call) => sentInvoice(invoice, call),
    "invoices.void": (invoice, call) => {
      const { voidPaid, voidPartiallyPaid } = call.world.options.commerce;
      const kept = [...(voidPaid === "refuse" ? ["paid"] : []), ...(voidPartiallyPaid === "refuse" ? ["partially_paid"] : [])];
      refuseStatus(invoice, [...kept, "void"], "voided");
      return { status: "void" };
    },
    "invoices.recordPayment": recordPayment,
  },
  remove: (invoice, call) => refuseStatus(invoice, keptBy[call.world.options.commerce.deleteInvoice], "deleted"),
  reshape: (body, { operation, world }) =>
    operation.id === "invoices.create" && world.options.commerce.createAnswer === "wrapped" ? { invoice: body } : body,
  beside: () => ({ smsData: {}, emailData: {} }),
  filters: invoiceSearch,
  pageSize: 10,
});

/** Statuses in which an invoice cannot be deleted. */
const keptBy = {
  unpaid: ["paid", "partially_paid", "payment_processing"],
  draft: ["sent", "paid", "partially_paid", "payment_processing", "void"],
  any: [],
} as const;

/** Fields of a new invoice; the lines are sent as `items` and shown as `invoiceItems`. @throws Refusal */
export function newInvoice({ items, ...input }: Fields, call: Numbered): Fields {
  const invoiceNumber = String(input["invoiceNumber"] ?? nextInvoiceNumber(call));
  refuseTaken(invoiceNumber, call);
  noteInvoiceNumber(call, invoiceNumber);
  const invoice = {
    status: "draft",
    amountPaid: 0,
    discount: { type: "percentage", value: 0 },
    liveMode: true,
    automaticTaxesEnabled: false,
    title: "INVOICE",
    ...input,
    invoiceNumber,
    invoiceItems: withLineIds(items, call.world.ids.object),
  };
  return summed(invoice, call.world.options.commerce);
}

function refuseTaken(invoiceNumber: string, { world, locationId = "" }: Numbered, own?: unknown): void {
  if (world.options.commerce.duplicateInvoiceNumber === "accept" || invoiceNumber === own) return;
  if (
    recordsIn(world.state, { resource: invoices, tenant: locationId, parents: [] }).some(
      ({ fields }) => fields["invoiceNumber"] === invoiceNumber,
    )
  )
    throw badRequest(`An invoice with the number ${invoiceNumber} already exists`);
}

/** PUT replaces everything that the API can write. A paid invoice cannot be edited, the contact of a partially paid one cannot be changed. */
function changedInvoice(before: Fields, input: Fields, call: Call): Fields {
  if (before["status"] === "paid" || before["status"] === "void")
    throw badRequest(`A ${before["status"]} invoice cannot be edited`, {}, "documented");
  if (call.operation.method !== "PUT") return { ...before, ...input };
  refuseDetails(input, call.world.options.commerce);
  const {
    status,
    amountPaid,
    liveMode,
    sentTo,
    sentAt,
    sentBy,
    contactDetails,
    invoiceNumber,
    lateFees,
    lateFeesCount,
    lateFeesConfiguration,
    lastVisitedAt,
  } = before;
  if (status === "partially_paid") refuseOtherContact(contactDetails as Fields | undefined, input);
  if (input["invoiceNumber"] !== undefined) refuseTaken(String(input["invoiceNumber"]), call, invoiceNumber);
  const kept = {
    status,
    amountPaid,
    liveMode,
    sentTo,
    sentAt,
    sentBy,
    contactDetails,
    invoiceNumber,
    lateFees,
    lateFeesCount,
    lateFeesConfiguration,
    lastVisitedAt,
  };
  return { ...kept, ...input, invoiceItems: withLineIds(input["invoiceItems"], call.world.ids.object) };
}

/** @throws Refusal 400 for another contact than the one who has paid a part. */
function refuseOtherContact(before: Fields | undefined, input: Fields): void {
  const named = [input["contactId"], (input["contactDetails"] as Fields | undefined)?.["id"]].filter((id) => id !== undefined);
  if (named.some((id) => id !== before?.["id"]))
    throw badRequest("The contact of a partially paid invoice cannot be changed", {}, "documented");
}

/** Sending a draft makes it `sent`; what is paid in part stays so. @throws Refusal */
export function sentInvoice(invoice: ResourceRecord, call: Call): Fields {
  const { body } = call;
  refuseStatus(invoice, ["void", "paid"], "sent");
  const status = invoice.fields["status"] === "draft" ? "sent" : invoice.fields["status"];
  return { status, liveMode: body["liveMode"] ?? invoice.fields["liveMode"], sentAt: nowIso(call), sentBy: body["userId"] };
}
