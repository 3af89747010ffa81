import { readMoney, type InvoiceLine } from "@ghlkit/crm/billing";

/** What is read of an invoice's lines. */
export interface WithLines {
  readonly currency?: string;
  readonly invoiceItems?: readonly object[];
}

interface WireLine {
  readonly name?: string;
  readonly qty?: number;
  readonly amount?: number;
  readonly taxInclusive?: boolean;
  readonly description?: string;
  readonly productId?: string;
  readonly priceId?: string;
  readonly taxes?: readonly { readonly _id: string; readonly name: string; readonly rate: number }[];
}

/** The lines of an invoice as they are, for a change that keeps the rest. */
export function readLines({ currency = "USD", invoiceItems = [] }: WithLines): readonly InvoiceLine[] {
  return (invoiceItems as readonly WireLine[]).map(
    ({ name = "", qty = 1, amount, taxes = [], taxInclusive = false, description, productId, priceId }) => ({
      name,
      quantity: qty,
      price: readMoney("invoice.items.amount", amount, currency),
      taxes: taxes.map(({ _id, name: tax, rate }) => ({ id: _id, name: tax, percent: rate })),
      isTaxIncluded: taxInclusive,
      ...(description !== undefined && { description }),
      ...(productId !== undefined && { productId }),
      ...(priceId !== undefined && { priceId }),
    }),
  );
}
