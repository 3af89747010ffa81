import { readMoney, type MoneyPlace } from "../money-units.ts";
import type { InvoiceLine } from "./invoice-draft.ts";

/** A line as answers and webhooks have it. */
interface WireLine {
  readonly name?: string;
  readonly qty?: number;
  readonly amount?: number;
  readonly taxInclusive?: boolean;
  readonly description?: string;
  readonly productId?: string;
  readonly priceId?: string;
  readonly taxes?: readonly { readonly _id?: string; readonly name?: string; readonly rate?: number }[];
}

/** Lines of an invoice or estimate in exact amounts, as a draft has them. */
export function readLines(items: readonly object[], currency: string, place: MoneyPlace): readonly InvoiceLine[] {
  return (items as readonly WireLine[]).map(({ name = "", qty = 1, amount, taxes = [], taxInclusive = false, ...line }) => ({
    name,
    quantity: qty,
    price: readMoney(place, amount, currency),
    taxes: taxes.map(({ _id = "", name: tax = "", rate = 0 }) => ({ id: _id, name: tax, percent: rate })),
    isTaxIncluded: taxInclusive,
    ...(line.description !== undefined && { description: line.description }),
    ...(line.productId !== undefined && { productId: line.productId }),
    ...(line.priceId !== undefined && { priceId: line.priceId }),
  }));
}
