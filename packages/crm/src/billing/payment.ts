import type { RecordPayment } from "@ghlkit/contract/types/invoices";
import type { Money } from "./money.ts";
import { wireMoney } from "./money-units.ts";

/** How it was paid. */
export type PaymentMeans =
  | { readonly by: "cash" | "bank_transfer" | "other" }
  | { readonly by: "card"; readonly card: { readonly brand: string; readonly last4: string } }
  | { readonly by: "cheque"; readonly cheque: { readonly number: string } };

/** A payment that was received outside of the platform. */
export type Payment = PaymentMeans & {
  readonly invoiceId: string;
  readonly amount: Money;
  /** Names the payment, e.g. `bank:<booking id>`: it is recorded at most once for it, whatever happens. At most 200 characters. */
  readonly key: string;
  /** For the location's staff. */
  readonly note?: string;
  /** When it was received, ms since epoch; kept to the second. @default now */
  readonly paidAt?: number;
};

/** The payment as the platform takes it. */
export function paymentBody(payment: Payment, marker: string): RecordPayment {
  const { amount, note = "", key } = payment;
  return {
    mode: payment.by,
    amount: wireMoney("invoice.recordPayment.amount", amount),
    notes: note,
    fulfilledAt: marker,
    meta: { key },
    ...(payment.by === "card" && { card: payment.card }),
    ...(payment.by === "cheque" && { cheque: payment.cheque }),
  };
}
