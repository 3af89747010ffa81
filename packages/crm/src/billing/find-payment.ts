import type { TxnResponse } from "@ghlkit/contract/types/payments";
import type { Probed } from "@ghlkit/resilience";
import type { BillingSettings } from "./billing-settings.ts";
import { readInvoice, type Invoice } from "./invoice.ts";
import { skewMs } from "./invoices/find-made.ts";
import { readMoney } from "./money-units.ts";
import type { Payment } from "./payment.ts";

/**
 * The time that a payment is recorded under: its second is the payment's, its milliseconds are a hash of the key. Transactions show it, so that two payments of
 * one amount can be distinguished.
 */
export function paymentMarker({ key, paidAt }: Payment, startedAt: number): string {
  const second = Math.floor((paidAt ?? startedAt) / 1000) * 1000;
  return new Date(second + hash(key)).toISOString();
}

/** 0 to 999, FNV-1a. */
function hash(key: string): number {
  let state = 0x811c9dc5;
  for (const char of key) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (state >>> 0) % 1000;
}

/**
 * Looks for a payment among the transactions of its invoice since its attempt began. One with its marker is it. Without any of its amount, after all could be
 * seen, it was not recorded. Those that cannot be distinguished need a person.
 */
export async function findPayment(payment: Payment, key: string, settings: BillingSettings): Promise<Probed<Invoice> | undefined> {
  const { location, journal, settleMs, clock } = settings;
  const { invoiceId } = payment;
  const startedAt = (await journal.get(key))?.startedAt ?? clock.now();
  const marker = paymentMarker(payment, startedAt);
  const fits = await sameAmountSince(payment, startedAt - skewMs, settings);
  const [found, another] = fits.filter(({ fulfilledAt }) => sameMoment(fulfilledAt, marker));
  if (found !== undefined && another === undefined) {
    return { happened: true, result: readInvoice(await location.invoices.get({ invoiceId }, { fresh: true })) };
  }
  const isUnclear = another !== undefined || fits.some(({ fulfilledAt }) => fulfilledAt === undefined || !hasMilliseconds(fulfilledAt));
  if (isUnclear) return undefined;
  return clock.now() - startedAt >= settleMs ? { happened: false } : undefined;
}

async function sameAmountSince(
  { invoiceId, amount }: Payment,
  sinceMs: number,
  { location }: BillingSettings,
): Promise<readonly TxnResponse[]> {
  const found: TxnResponse[] = [];
  for await (const transaction of location.payments.listTransactions({ entityId: invoiceId }, { fresh: true })) {
    const { createdAt, currency = amount.currency } = transaction;
    if (createdAt !== undefined && Date.parse(createdAt) < sinceMs) continue;
    if (readMoney("transaction.amount", transaction.amount, currency).minor === amount.minor) found.push(transaction);
  }
  return found;
}

function sameMoment(time: string | undefined, marker: string): boolean {
  return time !== undefined && Date.parse(time) === Date.parse(marker);
}

/** A platform that cut the marker to seconds would leave none. */
function hasMilliseconds(time: string): boolean {
  return Date.parse(time) % 1000 !== 0;
}
