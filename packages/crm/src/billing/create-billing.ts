import { checkNumber, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { oneAtATime } from "../location/one-at-a-time.ts";
import type { BillingClient } from "./billing-client.ts";
import { createEstimate, type EstimateDraft } from "./invoices/create-estimate.ts";
import { createFromEstimate, type AcceptedEstimate } from "./invoices/create-from-estimate.ts";
import { createInvoice, type KeyedDraft } from "./invoices/create-invoice.ts";
import type { CreateEstimateResult, CreateInvoiceResult, SendInvoiceResult, UpdateInvoiceResult } from "./invoices/invoice-result.ts";
import {
  cancelRecurring,
  startRecurring,
  type CancelRecurringResult,
  type RecurringInvoice,
  type RecurringResult,
} from "./invoices/recurring.ts";
import { sendInvoice, type OutgoingInvoice } from "./invoices/send-invoice.ts";
import { updateInvoice, type InvoiceChange } from "./invoices/update-invoice.ts";
import { readLedger, type Ledger, type LedgerQuery } from "./ledger/ledger.ts";
import type { Payment } from "./payment.ts";
import type { RecordPaymentResult } from "./payment-result.ts";
import { recordPayment } from "./record-payment.ts";
import { listOrders, listTransactions, type Order, type PaymentQuery, type Transaction } from "./transactions.ts";

/** Options of {@link createBilling}. */
export interface BillingOptions {
  /** `storage.journal` of any engine: keeps what was created, sent and recorded. Processes that share it never record two payments of one invoice at once. */
  readonly journal: Journal;
  /** Part of the keys in the journal. @default keys are shared by all locations of the journal */
  readonly locationId?: string;
  /**
   * Ms after which an effect that was not seen did not happen: longer than a request may be under way, and than lists lag.
   * @default 60_000
   */
  readonly settleMs?: number;
  /**
   * How long after the death of this process another one waits before it looks what became of its work, in ms.
   * @default 30_000
   */
  readonly leaseMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Invoices and payments of one location. */
export interface Billing {
  /**
   * Records a payment that was received outside of the platform: at most once per key, across crashes and lost answers, and never more than is due.
   * @throws GhlError for outages, authorisation and bugs.
   */
  readonly recordPayment: (payment: Payment) => Promise<RecordPaymentResult>;
  /** Creates an invoice at most once per key. @throws GhlError for outages, authorisation and bugs. */
  readonly createInvoice: (draft: KeyedDraft) => Promise<CreateInvoiceResult>;
  /** Creates an estimate at most once per key. @throws GhlError for outages, authorisation and bugs. */
  readonly createEstimate: (draft: EstimateDraft) => Promise<CreateEstimateResult>;
  /** Makes an accepted estimate an invoice, once. @throws GhlError for outages, authorisation and bugs. */
  readonly createFromEstimate: (estimate: AcceptedEstimate) => Promise<CreateInvoiceResult>;
  /** Edits an invoice and keeps every field that is not named. @throws GhlError for outages, authorisation, lost answers and bugs. */
  readonly updateInvoice: (invoiceId: string, change: InvoiceChange) => Promise<UpdateInvoiceResult>;
  /** Sends an invoice at most once per key. @throws GhlError for outages, authorisation and bugs. */
  readonly sendInvoice: (outgoing: OutgoingInvoice) => Promise<SendInvoiceResult>;
  /** Has the platform make invoices again and again. @throws GhlError for outages, authorisation and bugs. */
  readonly startRecurring: (recurring: RecurringInvoice) => Promise<RecurringResult>;
  /** Ends that. @throws GhlError for outages, authorisation and bugs. */
  readonly cancelRecurring: (scheduleId: string) => Promise<CancelRecurringResult>;
  /** Orders of checkouts, page by page. */
  readonly orders: (query?: Omit<PaymentQuery, "paysFor">) => AsyncIterable<Order>;
  /** Payments and attempts of them, page by page. Those of an order: `transactions({ paysFor: order.id })`. */
  readonly transactions: (query?: PaymentQuery) => AsyncIterable<Transaction>;
  /** Compares invoices, transactions and webhooks to the minor unit, and names what differs. @throws GhlError when they cannot be read. */
  readonly ledger: (query?: LedgerQuery) => Promise<Ledger>;
}

/** Makes the billing of one location. @throws GhlError `invalid_request` for times that are none. */
export function createBilling(location: BillingClient, options: BillingOptions): Billing {
  const { clock = systemClock, settleMs = 60_000, leaseMs = 30_000, journal, locationId = "" } = options;
  checkNumber("createBilling", "settleMs", settleMs);
  checkNumber("createBilling", "leaseMs", leaseMs, { above: true });
  const settings = { location, journal, locationId, settleMs, leaseMs, clock, alone: oneAtATime() };
  return {
    recordPayment: (payment) => recordPayment(payment, settings),
    createInvoice: (draft) => createInvoice(draft, settings),
    createEstimate: (draft) => createEstimate(draft, settings),
    createFromEstimate: (estimate) => createFromEstimate(estimate, settings),
    updateInvoice: (invoiceId, change) => updateInvoice(invoiceId, change, settings),
    sendInvoice: (outgoing) => sendInvoice(outgoing, settings),
    startRecurring: (recurring) => startRecurring(recurring, settings),
    cancelRecurring: (scheduleId) => cancelRecurring(scheduleId, settings),
    orders: (query = {}) => listOrders(query, settings),
    transactions: (query = {}) => listTransactions(query, settings),
    ledger: (query = {}) => readLedger(query, settings),
  };
}
