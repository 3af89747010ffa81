import { isGhlError } from "@ghlkit/core";
import type { BillingSettings } from "../billing-settings.ts";
import { readInvoice, type Invoice } from "../invoice.ts";
import { listTransactions, type Transaction } from "../transactions.ts";

/** Invoices of a mode by id: those that are named, or all. */
export async function readInvoices(
  ids: readonly string[] | undefined,
  isLive: boolean,
  settings: BillingSettings,
): Promise<Map<string, Invoice>> {
  const { invoices } = settings.location;
  const found = new Map<string, Invoice>();
  const add = (invoice: Invoice): void => void (invoice.isLive === isLive && found.set(invoice.id, invoice));
  if (ids === undefined) {
    for await (const wire of invoices.list({ limit: "100", offset: "0" }, { fresh: true })) add(readInvoice(wire));
    return found;
  }
  for (const invoiceId of ids) {
    try {
      add(readInvoice(await invoices.get({ invoiceId }, { fresh: true })));
    } catch (error) {
      if (!isGhlError(error, "not_found")) throw error;
    }
  }
  return found;
}

/** Transactions of invoices, of a mode: those of the named ones, or all. */
export async function readTransactions(
  ids: readonly string[] | undefined,
  isLive: boolean,
  settings: BillingSettings,
): Promise<readonly Transaction[]> {
  const found: Transaction[] = [];
  for (const paysFor of ids ?? [undefined]) {
    for await (const transaction of listTransactions(paysFor === undefined ? {} : { paysFor }, settings))
      if (transaction.isLive === isLive && transaction.paysFor.kind === "invoice") found.push(transaction);
  }
  return found;
}
