import { BoundsError } from "../bounds/check-value.ts";
import { findRecord } from "../resources/record-store.ts";
import { transactions } from "../services/payments/transactions.ts";
import type { Fields } from "../state/resource-record.ts";
import type { World } from "../world.ts";
import { providerOf, type PaymentProvider } from "./payment-provider.ts";
import { queryProvider } from "./query-provider.ts";
import { payable, settlePayment, startPayment, type PaymentStatus } from "./settle-payment.ts";

/** The cards that the provider keeps of the invoice's contact: what it answers to `list_payment_methods`, a bare list. */
export async function storedMethods(world: World, invoiceId: string): Promise<readonly Fields[]> {
  const invoice = payable(world, "invoice", invoiceId);
  const provider = providerOf(world, invoice);
  if (provider === undefined) return [];
  const question = { type: "list_payment_methods", locationId: invoice.locationId, contactId: contactOf(invoice.fields) };
  const methods = await queryProvider(world, provider, question);
  return Array.isArray(methods) ? methods.filter((method: unknown): method is Fields => typeof method === "object" && method !== null) : [];
}

/** Pays with one of them: the answer to `charge_payment` settles it. @throws BoundsError when there is no provider, or more would be paid than is due */
export async function chargeStoredMethod(
  world: World,
  invoiceId: string,
  paymentMethodId: string,
  amount: number | undefined,
): Promise<{ readonly transactionId: string; readonly status: PaymentStatus; readonly message: string }> {
  const invoice = payable(world, "invoice", invoiceId);
  const provider = providerOf(world, invoice);
  if (provider === undefined) throw new BoundsError("The location has no payment provider with keys for this mode.");
  const { recordId: transactionId, fields } = startPayment(world, invoice, amount, "custom_provider");
  const question = {
    type: "charge_payment",
    paymentMethodId,
    contactId: contactOf(invoice.fields),
    transactionId,
    chargeDescription: String(invoice.fields["name"] ?? ""),
    amount: fields["amount"],
    currency: invoice.fields["currency"],
  };
  const answer = await answered(world, provider, question);
  const { chargeId = "", chargeSnapshot = {}, message = "" } = answer;
  const status = answer["success"] === true ? "succeeded" : answer["failed"] === true ? "failed" : "pending";
  const transaction = findSettled(world, transactionId, status, { chargeId, chargeSnapshot });
  return { transactionId, status: transaction, message: String(message) };
}

function findSettled(world: World, transactionId: string, status: PaymentStatus, more: Fields): PaymentStatus {
  const transaction = findRecord(world.state, transactions, transactionId);
  if (transaction === undefined) throw new BoundsError(`There is no transaction ${transactionId}.`);
  return settlePayment(world, transaction, status, more).fields["status"] as PaymentStatus;
}

async function answered(world: World, provider: PaymentProvider, question: Fields): Promise<Fields> {
  return ((await queryProvider(world, provider, question)) as Fields | undefined) ?? {};
}

function contactOf({ contactDetails }: Fields): unknown {
  return (contactDetails as Fields | undefined)?.["id"];
}
