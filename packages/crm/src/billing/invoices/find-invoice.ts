import type { GetInvoiceResponse } from "@ghlkit/contract/types/invoices";
import type { Probed } from "@ghlkit/resilience";
import type { BillingSettings } from "../billing-settings.ts";
import { readInvoice, type Invoice } from "../invoice.ts";

/** The clocks of journal and platform differ by a little. */
export const skewMs = 2000;

/** What an invoice is known by, beside the time of its creation. */
export interface InvoiceTraits {
  readonly contactId: string;
  readonly name: string;
  readonly currency: string;
  /** Its total in minor units; `undefined` when it is not known what the platform makes of it. */
  readonly totalMinor: number | undefined;
  readonly number: string | undefined;
}

/** Looks for an invoice among those of its contact since its attempt began. Of two that fit it cannot be known which is it: a person has to look. */
export async function findInvoice(
  traits: InvoiceTraits,
  startedAt: number,
  { location }: BillingSettings,
): Promise<Probed<Invoice> | undefined> {
  const fits: Invoice[] = [];
  const query = { contactId: traits.contactId, limit: "100", offset: "0" };
  for await (const wire of location.invoices.list(query, { fresh: true })) {
    if (wire.createdAt !== undefined && Date.parse(wire.createdAt) < startedAt - skewMs) continue;
    const invoice = readInvoice(wire);
    if (isSame(traits, wire, invoice)) fits.push(invoice);
  }
  const [found, another] = fits;
  if (another !== undefined) return undefined;
  return found === undefined ? { happened: false } : { happened: true, result: found };
}

function isSame({ name, currency, totalMinor, number }: InvoiceTraits, wire: GetInvoiceResponse, invoice: Invoice): boolean {
  if (wire.name !== name || invoice.total.currency !== currency.toUpperCase()) return false;
  if (number !== undefined && invoice.number !== number) return false;
  return totalMinor === undefined || invoice.total.minor === totalMinor;
}
