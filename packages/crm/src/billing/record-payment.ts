import { ghlError, isGhlError } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import { refusedRequest } from "../run/refused-request.ts";
import { withJournalKey } from "../run/with-journal-key.ts";
import type { BillingSettings } from "./billing-settings.ts";
import { findPayment, paymentMarker } from "./find-payment.ts";
import { readInvoice, type Invoice } from "./invoice.ts";
import { checkMoney, compareMoney } from "./money.ts";
import { paymentBody, type Payment } from "./payment.ts";
import type { RecordPaymentResult } from "./payment-result.ts";
import { checkKey } from "../run/check-key.ts";
import { checkTime } from "../time/check-time.ts";

/** Records a payment at most once per key, and never more than is due. @throws GhlError for outages, authorisation and bugs */
export async function recordPayment(payment: Payment, settings: BillingSettings): Promise<RecordPaymentResult> {
  checkKey("recordPayment", payment.key);
  checkMoney(payment.amount);
  checkTime("recordPayment", "paidAt", payment.paidAt);
  const { journal, locationId, leaseMs, clock, settleMs, alone } = settings;
  const key = `payment:${locationId}:${payment.key}`;
  const known = await journal.get(key);
  if (known?.state === "finished" && known.outcome !== undefined) {
    return { outcome: "recorded", how: "before", invoice: known.outcome as Invoice };
  }
  // Two payments at once would both find that enough is due.
  const invoiceKey = `invoice:${locationId}:${payment.invoiceId}`;
  const held = await alone([invoiceKey], () =>
    withJournalKey(invoiceKey, { journal, leaseMs, clock }, (signal) => recordAlone(payment, key, settings, signal)),
  );
  return held.held ? held.result : { outcome: "unknown", probeAfterMs: Math.min(leaseMs, settleMs) };
}

async function recordAlone(payment: Payment, key: string, settings: BillingSettings, held: AbortSignal): Promise<RecordPaymentResult> {
  const { location, journal, leaseMs, clock, settleMs } = settings;
  let before: Promise<RecordPaymentResult | undefined> | undefined;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<Invoice> => {
    before = refusalOf(payment, settings);
    // A failure of the look is none of the write.
    if ((await before.catch(notSent)) !== undefined) throw notSent();
    before = undefined;
    const { startedAt = clock.now() } = (await journal.get(key)) ?? {};
    const body = paymentBody(payment, paymentMarker(payment, startedAt));
    const { invoiceId } = payment;
    const { invoice } = await location.invoices.recordPayment({ invoiceId, body }, { signal: AbortSignal.any([signal, held]) });
    return readInvoice(invoice);
  };
  try {
    const { result, done } = await once<Invoice | undefined>(key, write, {
      journal,
      leaseMs,
      clock,
      probe: () => findPayment(payment, key, settings),
    });
    if (result === undefined) return { outcome: "unknown", probeAfterMs: settleMs };
    return { outcome: "recorded", how: done, invoice: result };
  } catch (error) {
    const expected = (await before) ?? (await outcomeOf(error, payment, settings));
    if (expected === undefined) throw error;
    return expected;
  }
}

/** What speaks against it before it is sent. */
async function refusalOf(payment: Payment, settings: BillingSettings): Promise<RecordPaymentResult | undefined> {
  const invoice = await readOne(payment.invoiceId, settings);
  if (invoice === undefined) return notFound(payment);
  if (invoice.status === "void") return { outcome: "refused", why: "void", message: "The invoice is void." };
  if (invoice.total.currency !== payment.amount.currency) {
    return {
      outcome: "refused",
      why: "currency",
      message: `The invoice is in ${invoice.total.currency}, not in ${payment.amount.currency}.`,
    };
  }
  return compareMoney(payment.amount, invoice.due) > 0 ? { outcome: "overpaid", due: invoice.due, invoice } : undefined;
}

async function readOne(invoiceId: string, { location }: BillingSettings): Promise<Invoice | undefined> {
  try {
    return readInvoice(await location.invoices.get({ invoiceId }, { fresh: true }));
  } catch (error) {
    if (isGhlError(error, "not_found")) return undefined;
    throw error;
  }
}

async function outcomeOf(error: unknown, payment: Payment, settings: BillingSettings): Promise<RecordPaymentResult | undefined> {
  if (isGhlError(error, "outcome_unknown")) return { outcome: "unknown", probeAfterMs: settings.settleMs };
  if (isGhlError(error, "in_progress")) return { outcome: "unknown", probeAfterMs: error.leaseMs };
  if (isGhlError(error, "not_found")) return notFound(payment);
  if (!isGhlError(error) || !refusedRequest.has(error.code)) return undefined;
  // Someone paid meanwhile, or voided it: the invoice says so.
  const now = await refusalOf(payment, settings);
  return now ?? { outcome: "refused", why: "platform", message: error.message };
}

function notFound({ invoiceId }: Payment): RecordPaymentResult {
  return { outcome: "refused", why: "not_found", message: `There is no invoice ${invoiceId}.` };
}

/** Ends the attempt without an effect. */
function notSent(): Error {
  return ghlError("invalid_request", "The payment was not sent: the invoice does not take it.", {});
}
