import type { BillingSettings } from "../billing-settings.ts";
import type { Invoice } from "../invoice.ts";
import { addMoney, minorMoney, type Money } from "../money.ts";
import type { Transaction } from "../transactions.ts";
import type { LedgerDifference } from "./ledger-difference.ts";
import { differencesOf } from "./ledger-difference.ts";
import { statesOfEvents, type InvoiceEvent } from "./invoice-events.ts";
import { readInvoices, readTransactions } from "./read-books.ts";

/** What is compared. */
export interface LedgerQuery {
  /** Webhooks of invoices that arrived, in any order, repetitions among them. @default API alone is compared */
  readonly events?: Iterable<InvoiceEvent> | AsyncIterable<InvoiceEvent>;
  /** Ids of invoices. @default all of the location, and all transactions */
  readonly invoices?: readonly string[];
  /** Test money is no money: the two are never added up. @default "live" */
  readonly mode?: "live" | "test";
}

/** Sums of one currency. Void invoices and drafts are not among what is invoiced. */
export interface LedgerSums {
  readonly currency: string;
  readonly invoiced: Money;
  readonly paid: Money;
  readonly due: Money;
  /** Succeeded transactions of invoices. */
  readonly received: Money;
  readonly refunded: Money;
}

/** A location's invoices, payments and webhooks, side by side. */
export interface Ledger {
  readonly outcome: "balanced" | "different";
  readonly sums: readonly LedgerSums[];
  readonly differences: readonly LedgerDifference[];
  readonly invoices: number;
  readonly transactions: number;
}

/** Reads invoices and transactions, and compares them with each other and with what webhooks reported. What differs is read again before it is named. */
export async function readLedger({ events, invoices: ids, mode = "live" }: LedgerQuery, settings: BillingSettings): Promise<Ledger> {
  const reported = events === undefined ? undefined : await statesOfEvents(events);
  const isLive = mode === "live";
  const books = {
    invoices: await readInvoices(ids, isLive, settings),
    transactions: await readTransactions(ids, isLive, settings),
  };
  const isAll = ids === undefined;
  const suspects = new Set(differencesOf({ ...books, reported, isAll }).map(({ invoiceId }) => invoiceId));
  if (suspects.size > 0) await readAgain(books, [...suspects], isLive, settings);
  const differences = differencesOf({ ...books, reported, isAll });
  return {
    outcome: differences.length === 0 ? "balanced" : "different",
    sums: sumsOf([...books.invoices.values()], books.transactions),
    differences,
    invoices: books.invoices.size,
    transactions: books.transactions.length,
  };
}

interface Books {
  readonly invoices: Map<string, Invoice>;
  transactions: readonly Transaction[];
}

/** A payment between the two lists is no difference. */
async function readAgain(books: Books, ids: readonly string[], isLive: boolean, settings: BillingSettings): Promise<void> {
  const found = await readInvoices(ids, isLive, settings);
  // One that was deleted between the two reads is not there any more.
  for (const id of ids) books.invoices.delete(id);
  for (const [id, invoice] of found) books.invoices.set(id, invoice);
  const wanted = new Set(ids);
  const again = await readTransactions(ids, isLive, settings);
  books.transactions = [...books.transactions.filter(({ paysFor }) => !wanted.has(paysFor.id)), ...again];
}

function sumsOf(invoices: readonly Invoice[], transactions: readonly Transaction[]): readonly LedgerSums[] {
  const currencies = new Set([...invoices.map(({ total }) => total.currency), ...transactions.map(({ amount }) => amount.currency)]);
  const billed = invoices.filter(({ status }) => status !== "void" && status !== "draft");
  const received = transactions.filter(({ status }) => status === "succeeded");
  return [...currencies].toSorted().map((currency) => {
    const sum = (amounts: readonly Money[]): Money =>
      addMoney(minorMoney(0, currency), ...amounts.filter((one) => one.currency === currency));
    return {
      currency,
      invoiced: sum(billed.map(({ total }) => total)),
      paid: sum(invoices.map(({ paid }) => paid)),
      due: sum(billed.map(({ due }) => due)),
      received: sum(received.map(({ amount }) => amount)),
      refunded: sum(received.map(({ refunded }) => refunded)),
    };
  });
}
