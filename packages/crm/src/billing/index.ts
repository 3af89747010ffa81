// Billing of a location
export { createBilling, type Billing, type BillingOptions } from "./create-billing.ts";
export type { BillingClient } from "./billing-client.ts";
export { readInvoice, type Invoice, type InvoiceStatus } from "./invoice.ts";

// Payments
export type { Payment, PaymentMeans } from "./payment.ts";
export type { RecordPaymentResult } from "./payment-result.ts";

// Money
export { addMoney, compareMoney, formatMoney, majorText, minorMoney, money, subtractMoney, type Money } from "./money.ts";
export { moneyUnits, readMoney, wireMoney, type MoneyField, type MoneyPlace, type MoneyUnit } from "./money-units.ts";
