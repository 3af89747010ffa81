import { isGhlError } from "@ghlkit/core";
import type { GetInvoiceResponse, InvoiceItem, UpdateInvoice } from "@ghlkit/contract/types/invoices";
import type { BillingSettings } from "../billing-settings.ts";
import { readInvoice } from "../invoice.ts";
import { checkAmounts } from "./check-amounts.ts";
import { wireDiscount, wireLine, type InvoiceDiscount, type InvoiceLine } from "./invoice-draft.ts";
import type { UpdateInvoiceResult } from "./invoice-result.ts";
import { refusalOf } from "./write-once.ts";

/** What is changed of an invoice; what is left out stays. */
export interface InvoiceChange {
  readonly name?: string;
  readonly title?: string;
  readonly lines?: readonly InvoiceLine[];
  readonly discount?: InvoiceDiscount;
  /** `YYYY-MM-DD`. */
  readonly issueDate?: string;
  /** `YYYY-MM-DD`. */
  readonly dueDate?: string;
  readonly terms?: string;
  readonly number?: string;
}

/** Every field that an update replaces, so that none is lost. A new one does not compile until it stands here. */
const replaced: { readonly [Field in Exclude<keyof UpdateInvoice, "altId" | "altType" | "contactId">]-?: true } = {
  name: true,
  title: true,
  currency: true,
  description: true,
  businessDetails: true,
  invoiceNumber: true,
  contactDetails: true,
  termsNotes: true,
  discount: true,
  invoiceItems: true,
  automaticTaxesEnabled: true,
  liveMode: true,
  issueDate: true,
  dueDate: true,
  paymentSchedule: true,
  tipsConfiguration: true,
  xeroDetails: true,
  invoiceNumberPrefix: true,
  paymentMethods: true,
  attachments: true,
  miscellaneousCharges: true,
};

const lineFields: { readonly [Field in keyof InvoiceItem]-?: true } = {
  name: true,
  description: true,
  productId: true,
  priceId: true,
  currency: true,
  amount: true,
  qty: true,
  taxes: true,
  automaticTaxCategoryId: true,
  isSetupFeeItem: true,
  type: true,
  taxInclusive: true,
};

/** Edits an invoice: reads it, and writes all of it back with the change, because the platform's update replaces. */
export async function updateInvoice(invoiceId: string, change: InvoiceChange, { location }: BillingSettings): Promise<UpdateInvoiceResult> {
  try {
    const before = await location.invoices.get({ invoiceId }, { fresh: true });
    const invoice = readInvoice(before);
    if (invoice.status === "paid" || invoice.status === "void") {
      return { outcome: "refused", why: "closed", message: `A ${invoice.status} invoice is not edited.`, fields: [] };
    }
    const { lines = [], discount } = change;
    checkAmounts({ lines, discount, currency: invoice.total.currency });
    const kept = keptFields(before);
    const body = { ...kept, ...changedFields(change) };
    if (JSON.stringify(body) === JSON.stringify(kept)) return { outcome: "unchanged", invoice };
    return { outcome: "updated", invoice: readInvoice(await location.invoices.update({ invoiceId, body })) };
  } catch (error) {
    if (isGhlError(error, "not_found")) {
      return { outcome: "refused", why: "not_found", message: `There is no invoice ${invoiceId}.`, fields: [] };
    }
    const refused = refusalOf(error);
    if (refused === undefined) throw error;
    return refused;
  }
}

function keptFields(before: GetInvoiceResponse): UpdateInvoice {
  const { invoiceNumber, invoiceItems, issueDate, dueDate, ...rest } = picked(before, replaced);
  return {
    ...rest,
    invoiceItems: (invoiceItems as readonly object[]).map((line) => picked(line, lineFields)),
    ...(invoiceNumber !== undefined && { invoiceNumber: String(invoiceNumber) }),
    // Read as moments, written as days.
    issueDate: String(issueDate ?? "").slice(0, 10),
    dueDate: String(dueDate ?? issueDate ?? "").slice(0, 10),
  } as unknown as UpdateInvoice;
}

function changedFields({ name, title, lines, discount, issueDate, dueDate, terms, number }: InvoiceChange): Partial<UpdateInvoice> {
  return {
    ...(name !== undefined && { name }),
    ...(title !== undefined && { title }),
    ...(lines !== undefined && { invoiceItems: lines.map((line) => wireLine(line, "invoice.items.amount")) }),
    ...(discount !== undefined && { discount: wireDiscount(discount) }),
    ...(issueDate !== undefined && { issueDate }),
    ...(dueDate !== undefined && { dueDate }),
    ...(terms !== undefined && { termsNotes: terms }),
    ...(number !== undefined && { invoiceNumber: number }),
  };
}

/** The fields of a list that are there. */
function picked(from: object, fields: Readonly<Record<string, true>>): Readonly<Record<string, unknown>> {
  const values = from as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(fields).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}
