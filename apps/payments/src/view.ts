import { isGhlError } from "@ghlkit/core";
import {
  draftTotals,
  formatMoney,
  majorText,
  minorMoney,
  readInvoice,
  readMoney,
  type Invoice,
  type InvoiceLine,
  type Transaction,
  type WireInvoice,
} from "@ghlkit/crm/billing";
import { chargeIdOf } from "./gateway.ts";
import { linesOf, totalsOf, type Quote } from "./quote.ts";
import { freshInvoice, pageName, type Flag, type Shop } from "./shop.ts";

/** A row of the seller's board: a quote, or an invoice. */
export interface DocumentRow {
  readonly id: string;
  readonly kind: "quote" | "invoice";
  readonly number: string;
  readonly person: string;
  readonly status: string;
  readonly total: string;
  readonly due: string;
}

/** An invoice as the seller edits it. */
export interface OpenInvoice extends DocumentRow {
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly price: string }[];
  readonly payments: readonly PaymentLine[];
  readonly isEditable: boolean;
}

export interface SellerState {
  readonly rows: readonly DocumentRow[];
  readonly flags: readonly Flag[];
  readonly open: OpenInvoice | undefined;
  /** The customer's page of what is open. */
  readonly link: string | undefined;
  readonly now: number;
}

export interface PaymentLine {
  readonly id: string;
  readonly amount: string;
  readonly status: string;
  /** Ms since epoch. */
  readonly at: number;
}

/** What the customer's page shows. Texts are written out, amounts with their currency. */
export interface CustomerState {
  readonly stage: "invalid" | "making" | "offered" | "expired" | "accepting" | "due" | "processing" | "paid" | "void";
  readonly page: string;
  readonly title: string;
  readonly person: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly price: string }[];
  readonly sums: readonly (readonly [label: string, amount: string])[];
  readonly total: string;
  readonly paid: string;
  readonly due: string;
  /** 0 to 100. */
  readonly paidPercent: number;
  /** What the amount to pay begins with, in major units: the deposit first, then the rest. */
  readonly suggested: string;
  readonly deposit: string | undefined;
  readonly validUntil: number;
  readonly isRenewalAsked: boolean;
  readonly payments: readonly PaymentLine[];
  readonly currency: string;
}

const shown = (minor: number, currency: string): string => formatMoney(minorMoney(minor, currency), "en-US");

export async function sellerState(shop: Shop, openId: string | undefined): Promise<SellerState> {
  const [quotes, copied, flags] = [await shop.quotes.list(), await copiedInvoices(shop), await shop.flags.list()];
  const now = shop.backend.clock.now();
  const known = new Set(copied.map(({ invoice }) => invoice.id));
  const rows = [
    ...quotes.filter(({ invoiceId }) => invoiceId === undefined || !known.has(invoiceId)).map((quote) => quoteRow(quote, now)),
    ...copied.map(({ invoice, person }) => invoiceRow(invoice, person)),
  ];
  const opened = copied.find(({ invoice }) => invoice.id === openId);
  const quote = quotes.find(({ id, invoiceId }) => id === openId || (invoiceId !== undefined && invoiceId === openId));
  return {
    rows,
    flags: flags.slice(0, 5),
    open: opened && {
      ...invoiceRow(opened.invoice, opened.person),
      lines: opened.invoice.lines.map(({ name, quantity = 1, price }) => ({ name, quantity, price: majorText(price) })),
      payments: await copiedPayments(shop, opened.invoice.id),
      isEditable: !["paid", "void", "payment_processing"].includes(opened.invoice.status),
    },
    link: quote && shop.pathOf(quote.id),
    now,
  };
}

function quoteRow({ id, name, currency, validUntil, acceptedAt, estimateId, renewalAskedAt, ...quote }: Quote, now: number): DocumentRow {
  const total = formatMoney(totalsOf({ currency, ...quote }).total, "en-US");
  const open = now > validUntil ? (renewalAskedAt ? "renewal asked" : "expired") : "offered";
  const status = estimateId === undefined ? "waiting" : acceptedAt === undefined ? open : "accepted";
  return { id, kind: "quote", number: `Quote ${id.slice(0, 6)}`, person: name, status, total, due: total };
}

function invoiceRow({ id, number, status, total, due }: Invoice, person: string): DocumentRow {
  const text = { number: `INV-${number ?? ""}`, total: formatMoney(total, "en-US"), due: formatMoney(due, "en-US") };
  return { id, kind: "invoice", person, status: status.replaceAll("_", " "), ...text };
}

/** Invoices of the copy, the newest first. */
async function copiedInvoices({ backend, locationId }: Shop): Promise<readonly { invoice: Invoice; person: string }[]> {
  const query = "select raw from $s.ghl_invoices where location_id = ?1 order by created_at desc limit 200";
  return (await backend.copy.all(query, [locationId])).map(({ raw }) => {
    const wire = (typeof raw === "string" ? JSON.parse(raw) : raw) as WireInvoice & {
      readonly contactDetails?: { readonly name?: string };
    };
    return { invoice: readInvoice(wire), person: wire.contactDetails?.name ?? "" };
  });
}

async function copiedPayments({ backend, locationId }: Shop, invoiceId: string): Promise<readonly PaymentLine[]> {
  const query = `select id, amount, currency, status, created_at from $s.ghl_transactions where location_id = ?1 and entity_id = ?2 order by created_at`;
  return (await backend.copy.all(query, [locationId, invoiceId])).map(({ id, amount, currency, status, created_at: at }) => ({
    id: String(id),
    amount: formatMoney(readMoney("transaction.amount", Number(amount), String(currency ?? "USD")), "en-US"),
    status: String(status),
    at: Date.parse(String(at)),
  }));
}

/** What was last seen of a page, for the time of an outage. */
const lastSeen = new WeakMap<Shop, Map<string, CustomerState>>();

/** A private page. A link that is none shows that, and nothing else. */
export async function customerState(
  shop: Shop,
  { quote: id = "", signature = "" }: Readonly<Record<string, string>>,
): Promise<CustomerState> {
  const quote = shop.isLink(id, signature) ? await shop.quotes.get(id) : undefined;
  if (quote === undefined) return { ...nothing, stage: "invalid" };
  const seen = lastSeen.get(shop) ?? new Map<string, CustomerState>();
  lastSeen.set(shop, seen);
  try {
    const state = quote.invoiceId === undefined ? offered(shop, quote) : await billed(shop, quote, quote.invoiceId);
    seen.set(id, state);
    return state;
  } catch (error) {
    const before = seen.get(id);
    if (!isGhlError(error)) throw error;
    return before ?? { ...offered(shop, quote), stage: "accepting" };
  }
}

function offered({ backend, locationId }: Shop, quote: Quote): CustomerState {
  const { id, name, currency, deposit, validUntil, estimateId, acceptedAt, renewalAskedAt } = quote;
  const total = formatMoney(totalsOf(quote).total, "en-US");
  const isExpired = backend.clock.now() > validUntil;
  return {
    ...nothing,
    stage: acceptedAt !== undefined ? "accepting" : estimateId === undefined ? "making" : isExpired ? "expired" : "offered",
    page: pageName(backend, locationId, id),
    title: `Quote ${id.slice(0, 6)}`,
    person: name,
    ...itemsOf(linesOf(quote), quote),
    total,
    due: total,
    deposit: deposit > 0 ? shown(deposit, currency) : undefined,
    validUntil,
    isRenewalAsked: (renewalAskedAt ?? 0) > 0,
    currency,
  };
}

const stages: Readonly<Record<string, CustomerState["stage"]>> = { paid: "paid", void: "void", payment_processing: "processing" };

async function billed(shop: Shop, quote: Quote, invoiceId: string): Promise<CustomerState> {
  const { status, total, paid, due, number, lines } = await freshInvoice(shop, invoiceId);
  const { currency, deposit } = quote;
  const payments: Transaction[] = [];
  for await (const transaction of shop.billing.transactions({ paysFor: invoiceId })) payments.push(transaction);
  const attempts = await shop.attempts.list({ invoiceId });
  const charges = await Promise.all(attempts.filter(({ end }) => end === undefined).map(({ id }) => shop.gateway.find(chargeIdOf(id))));
  // What a card was charged with is not asked for again while its bank takes its time, also not by a page that was opened anew.
  const isUnderWay = charges.some((charge) => charge?.status === "pending" || charge?.status === "succeeded");
  const first = Math.min(deposit > paid.minor ? deposit - paid.minor : due.minor, due.minor);
  return {
    ...offered(shop, quote),
    stage: stages[status] ?? (isUnderWay ? "processing" : "due"),
    title: `Invoice INV-${number ?? ""}`,
    ...itemsOf(lines, quote),
    total: formatMoney(total, "en-US"),
    paid: formatMoney(paid, "en-US"),
    due: formatMoney(due, "en-US"),
    paidPercent: total.minor === 0 ? 100 : Math.round((100 * paid.minor) / total.minor),
    suggested: majorText(minorMoney(first, currency)),
    payments: payments.map(({ id, amount, status: how, fulfilledAt, createdAt }) => ({
      id,
      amount: formatMoney(amount, "en-US"),
      status: how,
      at: Date.parse(fulfilledAt ?? createdAt ?? ""),
    })),
  };
}

/** Lines, and what leads from them to the total. */
function itemsOf(lines: readonly InvoiceLine[], { currency, discountPercent }: Quote): Pick<CustomerState, "lines" | "sums"> {
  const { subTotal, discount, tax } = draftTotals({ lines, currency, discount: { percent: discountPercent } });
  const sums = [
    ["Subtotal", subTotal] as const,
    ...(discount.minor > 0 ? [["Discount", minorMoney(-discount.minor, currency)] as const] : []),
    ...(tax.minor > 0 ? [["Tax", tax] as const] : []),
  ];
  return {
    lines: lines.map(({ name, quantity = 1, price }) => ({ name, quantity, price: formatMoney(price, "en-US") })),
    sums: sums.map(([label, amount]) => [label, formatMoney(amount, "en-US")]),
  };
}

const nothing: CustomerState = {
  stage: "invalid",
  page: "",
  title: "Quote",
  person: "",
  lines: [],
  sums: [],
  total: "",
  paid: "",
  due: "",
  paidPercent: 0,
  suggested: "",
  deposit: undefined,
  validUntil: 0,
  isRenewalAsked: false,
  payments: [],
  currency: "USD",
};
