import { initiatePayment } from "../checkout/initiate-payment.ts";
import { payable, settlePayment, startPayment, type PaymentStatus } from "../checkout/settle-payment.ts";
import { verifyPayment } from "../checkout/verify-payment.ts";
import { findRecord, putFields } from "../resources/record-store.ts";
import { BoundsError } from "../bounds/check-value.ts";
import { transactions } from "../services/payments/transactions.ts";
import type { ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";

/** How a customer can pay without a custom provider. */
export const payingWays = ["card", "bank_debit"] as const;

/** What a customer pays, and how. */
export interface CustomerPayment {
  /** In major units. Default: all that is due. */
  readonly amount?: number;
  /** `bank_debit` stays pending until `settlePayment`. Default `card`. */
  readonly by?: (typeof payingWays)[number];
  /** The charge of the location's custom payment provider: its `queryUrl` is asked to verify it, and only that settles the payment. */
  readonly chargeId?: string;
}

/** A payment of a customer. */
export interface MadePayment {
  readonly transactionId: string;
  readonly status: PaymentStatus;
}

/** The customer pays an invoice on its page. */
export function payInvoice(world: World, invoiceId: string, payment: CustomerPayment): Promise<MadePayment> {
  return pay(world, payable(world, "invoice", invoiceId), payment);
}

/** The customer pays an order. */
export function payOrder(world: World, orderId: string, payment: CustomerPayment): Promise<MadePayment> {
  return pay(world, payable(world, "order", orderId), payment);
}

async function pay(world: World, paid: ResourceRecord, { amount, by = "card", chargeId }: CustomerPayment): Promise<MadePayment> {
  if (chargeId !== undefined) {
    const { transactionId } = initiatePayment(world, paid, amount);
    const verified = await verifyPayment(world, transactionId, chargeId);
    return { transactionId, status: (verified?.fields["status"] as PaymentStatus | undefined) ?? "pending" };
  }
  const transaction = startPayment(world, paid, amount, "stripe");
  if (by === "bank_debit") {
    if (paid.resource === "/invoices") putFields(world, paid, { status: "payment_processing" });
    return { transactionId: transaction.recordId, status: "pending" };
  }
  settlePayment(world, transaction, "succeeded", { chargeId: world.ids.object() });
  return { transactionId: transaction.recordId, status: "succeeded" };
}

/** How a bank debit ends. */
export const settlements = ["succeeded", "failed"] as const;

/** A bank debit arrives, or comes back. */
export function settleDebit(world: World, transactionId: string, status: (typeof settlements)[number]): MadePayment {
  const transaction = findRecord(world.state, transactions, transactionId);
  if (transaction === undefined) throw new BoundsError(`There is no transaction ${transactionId}.`);
  if (transaction.fields["paymentProviderType"] === "custom_provider")
    throw new BoundsError("A payment of a custom provider is settled by what its queryUrl answers to verify.");
  return { transactionId, status: settlePayment(world, transaction, status).fields["status"] as PaymentStatus };
}
