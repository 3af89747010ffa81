import { plainAmount, Refusal, textIn } from "@ghlkit/app-kit/server";
import { draftTotals, formatMoney, minorMoney, money, type DraftTotals, type InvoiceLine, type Money } from "@ghlkit/crm/billing";

/** What is offered to a customer, and what became of it. Amounts are in minor units, times in ms since epoch. */
export interface Quote {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly currency: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly price: number }[];
  readonly taxPercent: number;
  readonly discountPercent: number;
  /** Asked for first; 0 for none. It belongs to the quote, and stays when that becomes an invoice. */
  readonly deposit: number;
  readonly validUntil: number;
  readonly createdAt: number;
  readonly contactId?: string;
  readonly opportunityId?: string;
  readonly estimateId?: string;
  readonly acceptedAt?: number;
  readonly invoiceId?: string;
  readonly renewalAskedAt?: number;
  /** Why HighLevel does not take it: nothing more is tried. */
  readonly refused?: string;
}

/** Whether something is left to do: the offer is not out, or an acceptance has no invoice yet. */
export function isUnfinished({ estimateId, acceptedAt, invoiceId, refused }: Quote): boolean {
  return refused === undefined && (estimateId === undefined || (acceptedAt !== undefined && invoiceId === undefined));
}

export const day = 86_400_000;
/** Rows of the form. */
const mostLines = 4;

/** Reads the form of the seller. @throws Refusal with what is wrong, by field */
export function readQuote(body: Readonly<Record<string, unknown>>, id: string, now: number): Quote {
  const currency = textIn(body, "currency") || "USD";
  const numbers = Array.from({ length: mostLines }, (_, at) => at + 1);
  const lines = numbers.flatMap((at) => {
    const name = textIn(body, `line${at}`, { most: 200 });
    const [quantity, price] = [textIn(body, `quantity${at}`) || "1", textIn(body, `price${at}`)];
    if (name === "" && price === "") return [];
    if (name === "") throw new Refusal("A line has no text.", { [`line${at}`]: "is missing" });
    return [{ name, quantity: numberIn(quantity, `quantity${at}`), price: amountIn(price, currency, `price${at}`).minor }];
  });
  if (lines.length === 0) throw new Refusal("A quote has one line or more.", { line1: "is missing" });
  const email = textIn(body, "email", { needed: true });
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new Refusal("Check the e-mail address.", { email: "is no e-mail address" });
  const deposit = textIn(body, "deposit");
  const quote: Quote = {
    id,
    name: textIn(body, "name", { needed: true, most: 100 }),
    email,
    currency,
    lines,
    taxPercent: numberIn(textIn(body, "tax") || "0", "tax", 0, 100),
    discountPercent: numberIn(textIn(body, "discount") || "0", "discount", 0, 100),
    deposit: deposit === "" ? 0 : amountIn(deposit, currency, "deposit").minor,
    validUntil: now + numberIn(textIn(body, "days") || "14", "days", 1, 365) * day,
    createdAt: now,
  };
  const { total } = totalsOf(quote);
  if (total.minor === 0) throw new Refusal("Nothing would be left to pay: check prices and discount.");
  if (quote.deposit > total.minor) throw new Refusal("Check the deposit.", { deposit: "is more than the total" });
  return quote;
}

/** Lines as invoices and estimates have them. */
export function linesOf({ lines, currency, taxPercent }: Pick<Quote, "lines" | "currency" | "taxPercent">): readonly InvoiceLine[] {
  const taxes = taxPercent === 0 ? [] : [{ id: "tax", name: "Tax", percent: taxPercent }];
  return lines.map(({ name, quantity, price }) => ({ name, quantity, price: minorMoney(price, currency), taxes }));
}

export function totalsOf(quote: Pick<Quote, "lines" | "currency" | "taxPercent" | "discountPercent">): DraftTotals {
  return draftTotals({ lines: linesOf(quote), currency: quote.currency, discount: { percent: quote.discountPercent } });
}

/** An amount as people type it: `1,234.50`. @throws Refusal at the field */
export function amountIn(text: string, currency: string, field: string): Money {
  try {
    const plain = plainAmount(text);
    if (plain !== undefined) return money(plain, currency);
  } catch {
    // Said below, in words for people.
  }
  const example = formatMoney(minorMoney(123_450, currency), "en-US");
  throw new Refusal("Check the amount.", { [field]: `is no amount in ${currency}, such as ${example.replace(/^\D+/, "")}` });
}

function numberIn(text: string, field: string, from = 0.001, to = 1e6): number {
  const number = Number(text);
  if (text !== "" && number >= from && number <= to) return number;
  throw new Refusal("Check the number.", { [field]: `must be from ${from} to ${to}` });
}
