import type { Invoice } from "../invoice.ts";
import { addMoney, minorMoney, type Money } from "../money.ts";
import type { Transaction } from "../transactions.ts";
import type { EventState } from "./invoice-events.ts";

/** What does not fit, by the invoice that it is about. */
export type LedgerDifference =
  /** The invoice says that another sum was paid than its succeeded transactions brought in. */
  | { readonly kind: "paid_unlike_transactions"; readonly invoiceId: string; readonly paid: Money; readonly received: Money }
  /** Total, paid and due do not add up. */
  | { readonly kind: "does_not_add_up"; readonly invoiceId: string; readonly total: Money; readonly paid: Money; readonly due: Money }
  /** Its transactions are in another currency. */
  | { readonly kind: "other_currency"; readonly invoiceId: string; readonly transactionId: string }
  /** Transactions pay for an invoice that is not there: it was deleted, or is of the other mode. */
  | { readonly kind: "transactions_without_invoice"; readonly invoiceId: string; readonly received: Money }
  /** The last webhook shows less than was paid: one was lost, or is late. */
  | { readonly kind: "event_missing"; readonly invoiceId: string; readonly reported: Money; readonly paid: Money }
  /** Webhooks show more than the API does. */
  | { readonly kind: "event_ahead"; readonly invoiceId: string; readonly reported: Money; readonly paid: Money }
  /** The last webhook shows another status, though the sums are the same. */
  | { readonly kind: "event_status"; readonly invoiceId: string; readonly reported: string; readonly status: string }
  /** No webhook has reported the invoice. */
  | { readonly kind: "never_reported"; readonly invoiceId: string }
  /** Webhooks reported an invoice that the API does not have. */
  | { readonly kind: "reported_only"; readonly invoiceId: string };

/** What is compared. */
export interface Compared {
  readonly invoices: ReadonlyMap<string, Invoice>;
  readonly transactions: readonly Transaction[];
  readonly reported: ReadonlyMap<string, EventState> | undefined;
  /** Whether these are all invoices of the location. */
  readonly isAll: boolean;
}

/** Every difference, in the order of the invoices. */
export function differencesOf({ invoices, transactions, reported, isAll }: Compared): readonly LedgerDifference[] {
  const byInvoice = Map.groupBy(transactions, ({ paysFor }) => paysFor.id);
  const found = [...invoices.values()].flatMap((invoice) => [
    ...booksOf(invoice, byInvoice.get(invoice.id) ?? []),
    ...(reported === undefined ? [] : eventsOf(invoice, reported.get(invoice.id))),
  ]);
  const orphans = [...byInvoice].filter(([id]) => !invoices.has(id)).flatMap(([id, own]) => orphanOf(id, own));
  const gone = isAll ? [...(reported ?? [])].filter(([id, { isDeleted }]) => !isDeleted && !invoices.has(id)) : [];
  return [...found, ...orphans, ...gone.map(([invoiceId]) => ({ kind: "reported_only", invoiceId }) as const)];
}

function booksOf({ id: invoiceId, total, paid, due, status }: Invoice, own: readonly Transaction[]): readonly LedgerDifference[] {
  const other = own.find(({ amount }) => amount.currency !== total.currency);
  if (other !== undefined) return [{ kind: "other_currency", invoiceId, transactionId: other.id }];
  const received = receivedOf(own, total.currency);
  const found: LedgerDifference[] = [];
  if (received.minor !== paid.minor) found.push({ kind: "paid_unlike_transactions", invoiceId, paid, received });
  if (status !== "void" && total.minor !== paid.minor + due.minor) found.push({ kind: "does_not_add_up", invoiceId, total, paid, due });
  return found;
}

function eventsOf({ id: invoiceId, paid, status }: Invoice, known: EventState | undefined): readonly LedgerDifference[] {
  if (known === undefined) return [{ kind: "never_reported", invoiceId }];
  const reported = known.invoice.paid;
  if (reported.minor !== paid.minor)
    return [{ kind: reported.minor < paid.minor ? "event_missing" : "event_ahead", invoiceId, reported, paid }];
  return known.invoice.status === status ? [] : [{ kind: "event_status", invoiceId, reported: known.invoice.status, status }];
}

function orphanOf(invoiceId: string, own: readonly Transaction[]): readonly LedgerDifference[] {
  const [first] = own;
  if (first === undefined) return [];
  const received = receivedOf(own, first.amount.currency);
  return received.minor === 0 ? [] : [{ kind: "transactions_without_invoice", invoiceId, received }];
}

function receivedOf(own: readonly Transaction[], currency: string): Money {
  const paid = own.filter(({ status, amount }) => status === "succeeded" && amount.currency === currency);
  return addMoney(minorMoney(0, currency), ...paid.map(({ amount }) => amount));
}
