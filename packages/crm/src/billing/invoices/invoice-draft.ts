import type { CreateInvoice, DiscountInput, InvoiceItem } from "@ghlkit/contract/types/invoices";
import { wireMoney, type MoneyPlace } from "../money-units.ts";
import { minorMoney, type Money } from "../money.ts";
import { checkAmounts } from "./check-amounts.ts";

/** A tax of a line. */
export interface LineTax {
  /** The location's id of the tax; the API cannot look one up. */
  readonly id: string;
  readonly name: string;
  /** Per cent: 8.25. */
  readonly percent: number;
}

/** A line of an invoice. */
export interface InvoiceLine {
  readonly name: string;
  /** @default 1 */
  readonly quantity?: number;
  /** Of one. */
  readonly price: Money;
  readonly taxes?: readonly LineTax[];
  /** The price contains its taxes. @default false */
  readonly isTaxIncluded?: boolean;
  readonly description?: string;
  readonly productId?: string;
  readonly priceId?: string;
}

/** What is taken off: per cent, or an amount. */
export type InvoiceDiscount = { readonly percent: number } | { readonly amount: Money };

/** What is billed. */
export interface InvoiceDraft {
  /** For the location's staff. */
  readonly name: string;
  /** ISO 4217, of every line. */
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  /** @default none */
  readonly discount?: InvoiceDiscount;
  /** Who pays. The platform demands a phone that looks like one, or `""`. */
  readonly contact: { readonly id: string; readonly name: string; readonly email: string; readonly phone?: string };
  /** Who bills. */
  readonly business: { readonly name: string; readonly website?: string; readonly phone?: string };
  /** `YYYY-MM-DD`. */
  readonly issueDate: string;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string;
  /** Test invoices are paid with the test keys of a provider. @default true */
  readonly isLive?: boolean;
  readonly terms?: string;
  readonly title?: string;
  /** @default the platform's next free number */
  readonly number?: string;
}

/** The draft as the platform takes it. @throws GhlError `invalid_request` for amounts that are not exact, or of another currency. */
export function invoiceBody(draft: InvoiceDraft): CreateInvoice {
  const { name, currency, lines, discount, contact, business, issueDate, dueDate, isLive = true, terms, title, number } = draft;
  checkAmounts(draft);
  return {
    name,
    currency: currency.toUpperCase(),
    items: lines.map((line) => wireLine(line, "invoice.items.amount")),
    discount: wireDiscount(discount),
    contactDetails: { id: contact.id, name: contact.name, email: contact.email, phoneNo: contact.phone ?? "" },
    businessDetails: {
      name: business.name,
      ...(business.website !== undefined && { website: business.website }),
      ...(business.phone !== undefined && { phoneNo: business.phone }),
    },
    issueDate,
    dueDate,
    sentTo: { email: contact.email === "" ? [] : [contact.email] },
    liveMode: isLive,
    ...(terms !== undefined && { termsNotes: terms }),
    ...(title !== undefined && { title }),
    ...(number !== undefined && { invoiceNumber: number }),
  };
}

/** A line as the platform takes it. */
export function wireLine(line: InvoiceLine, place: MoneyPlace): InvoiceItem {
  const { name, quantity = 1, price, taxes = [], isTaxIncluded = false, description, productId, priceId } = line;
  return {
    name,
    qty: quantity,
    amount: wireMoney(place, price),
    currency: price.currency,
    taxInclusive: isTaxIncluded,
    taxes: taxes.map(({ id, name: taxName, percent }) => ({ _id: id, name: taxName, rate: percent, calculation: "exclusive" as const })),
    ...(description !== undefined && { description }),
    ...(productId !== undefined && { productId }),
    ...(priceId !== undefined && { priceId }),
  };
}

/** A discount as the platform takes it. */
export function wireDiscount(discount: InvoiceDiscount | undefined): DiscountInput {
  if (discount === undefined) return { type: "percentage", value: 0 };
  if ("percent" in discount) return { type: "percentage", value: discount.percent };
  return { type: "fixed", value: wireMoney("invoice.discount.fixed", discount.amount) };
}

/** Nothing, in a currency. */
export function noMoney(currency: string): Money {
  return minorMoney(0, currency);
}
