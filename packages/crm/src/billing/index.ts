// Billing of a location
export { createBilling, type Billing, type BillingOptions } from "./create-billing.ts";
export type { BillingClient } from "./billing-client.ts";
export { readInvoice, type Invoice, type InvoiceStatus, type WireInvoice } from "./invoice.ts";
export { readEstimate, type Estimate, type EstimateStatus, type WireEstimate } from "./estimate.ts";

// Invoices
export type { KeyedDraft } from "./invoices/create-invoice.ts";
export type { EstimateDraft } from "./invoices/create-estimate.ts";
export type { AcceptedEstimate } from "./invoices/create-from-estimate.ts";
export type { InvoiceDiscount, InvoiceDraft, InvoiceLine, LineTax } from "./invoices/invoice-draft.ts";
export { draftTotals, type DraftTotals } from "./invoices/draft-totals.ts";
export type { InvoiceChange } from "./invoices/update-invoice.ts";
export type { OutgoingInvoice } from "./invoices/send-invoice.ts";
export type { CancelRecurringResult, RecurringInvoice, RecurringResult } from "./invoices/recurring.ts";
export type {
  CreateEstimateResult,
  CreateInvoiceResult,
  InvoiceRefused,
  InvoiceUnknown,
  SendInvoiceResult,
  UpdateInvoiceResult,
} from "./invoices/invoice-result.ts";

// Orders, transactions, and the ledger
export type { Order, PaymentQuery, Transaction } from "./transactions.ts";
export type { Ledger, LedgerQuery, LedgerSums } from "./ledger/ledger.ts";
export type { LedgerDifference } from "./ledger/ledger-difference.ts";
export type { InvoiceEvent, InvoiceEventKind } from "./ledger/invoice-events.ts";

// Payments
export type { Payment, PaymentMeans } from "./payment.ts";
export type { RecordPaymentResult } from "./payment-result.ts";

// Money
export { addMoney, compareMoney, formatMoney, majorText, minorMoney, money, subtractMoney, type Money } from "./money.ts";
export { moneyUnits, readMoney, wireMoney, type MoneyField, type MoneyPlace, type MoneyUnit } from "./money-units.ts";

// A payment provider of an app
export { createPaymentProvider, type PaymentProvider } from "./provider/create-payment-provider.ts";
export type { ChargeAnswer, PaymentProviderOptions, ProviderEvent } from "./provider/provider-options.ts";
export { keysOfLocation, type FindProviderKey, type ProviderKey } from "./provider/provider-keys.ts";
export { transactionAmount } from "./provider/transaction-amount.ts";
export type { ProviderCharge, ProviderSubscription, StoredMethod } from "./provider/provider-charge.ts";
export type {
  CancelQuestion,
  ChargeQuestion,
  ListMethodsQuestion,
  RefundQuestion,
  SubscribeQuestion,
  VerifyQuestion,
} from "./provider/provider-questions.ts";

// Messages between the provider's page and the platform's
export { postToPlatform, readPlatformMessage } from "./provider/frame-messages.ts";
export type {
  FrameMessage,
  PaymentInitiateProps,
  PlatformMessage,
  ProviderReady,
  ProviderReport,
  SetupInitiateProps,
} from "./provider/frame-messages.ts";
