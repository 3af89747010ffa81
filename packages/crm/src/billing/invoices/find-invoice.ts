import type { GetInvoiceResponse } from "@ghlkit/contract/types/invoices";
import type { Probed } from "@ghlkit/resilience";
import type { BillingSettings } from "../billing-settings.ts";
import { readInvoice, type Invoice } from "../invoice.ts";
import { findMade } from "./find-made.ts";

/** What an invoice is known by, beside the time of its creation. */
export interface InvoiceTraits {
  readonly contactId: string;
  readonly name: string;
  readonly currency: string;
  /** Its total in minor units; `undefined` when it is not known what the platform makes of it. */
  readonly totalMinor: number | undefined;
  readonly number: string | undefined;
}

/** Looks for an invoice among those of its contact since its attempt began. */
export async function findInvoice(
  traits: InvoiceTraits,
  startedAt: number,
  { location }: BillingSettings,
): Promise<Probed<Invoice> | undefined> {
  const list = location.invoices.list({ contactId: traits.contactId, limit: "100", offset: "0" }, { fresh: true });
  return findMade(list, startedAt, (wire) => {
    const invoice = readInvoice(wire);
    return isSame(traits, wire, invoice) ? invoice : undefined;
  });
}

function isSame({ name, currency, totalMinor, number }: InvoiceTraits, wire: GetInvoiceResponse, invoice: Invoice): boolean {
  if (wire.name !== name || invoice.total.currency !== currency.toUpperCase()) return false;
  if (number !== undefined && invoice.number !== number) return false;
  return totalMinor === undefined || invoice.total.minor === totalMinor;
}
