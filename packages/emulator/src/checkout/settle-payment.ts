import type Big from "big.js";
import { BoundsError } from "../bounds/check-value.ts";
import { exact } from "../commerce/amounts.ts";
import { findRecord, putFields } from "../resources/record-store.ts";
import { belowMinimum, paidFields } from "../services/invoices/pay-invoice.ts";
import { orderDue, orders, paidOrderFields } from "../services/payments/orders.ts";
import { addTransaction, transactions } from "../services/payments/transactions.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";

const invoices = "/invoices";

/** How a payment stands. */
export type PaymentStatus = "succeeded" | "pending" | "failed";

/** An invoice or an order that a customer pays. @throws BoundsError when there is none */
export function payable({ state }: World, kind: "invoice" | "order", id: string): ResourceRecord {
  const record = findRecord(state, kind === "invoice" ? invoices : orders, id);
  if (record === undefined) throw new BoundsError(`There is no ${kind} ${id}.`);
  return record;
}

/** What is left to pay. */
export function dueOf(world: World, paid: ResourceRecord): Big {
  return paid.resource === invoices ? exact(paid.fields["amountDue"]) : orderDue(world, paid);
}

/** Why a customer cannot pay; `undefined` when nothing is in the way. The words for a draft are the page's own. */
export function whyNotPayable({ fields, resource }: ResourceRecord): string | undefined {
  if (resource !== invoices) return undefined;
  if (fields["status"] === "draft") return "Draft invoice cannot be paid";
  if (fields["status"] === "void") return "This invoice is void";
  return undefined;
}

/** The transaction of a payment that has begun. @throws BoundsError for more than is due, or what cannot be paid */
export function startPayment(world: World, paid: ResourceRecord, asked: number | undefined, provider: string): ResourceRecord {
  const why = whyNotPayable(paid);
  if (why !== undefined) throw new BoundsError(why);
  const due = dueOf(world, paid);
  const amount = asked === undefined ? due : exact(asked);
  if (amount.lte(0) || amount.gt(due)) throw new BoundsError(`The amount is more than 0, and at most what is due: ${due.toFixed()}.`);
  const tooSmall = paid.resource === invoices ? belowMinimum(world, paid, amount) : undefined;
  if (tooSmall !== undefined) throw new BoundsError(`${tooSmall}.`);
  return addTransaction(world, paid, { amount: amount.toNumber(), status: "pending", provider });
}

/** What became of a payment. One that has ended stays as it is. */
export function settlePayment(world: World, transaction: ResourceRecord, status: PaymentStatus, more: Fields = {}): ResourceRecord {
  const before = findRecord(world.state, transactions, transaction.recordId);
  if (before === undefined) throw new BoundsError(`There is no transaction ${transaction.recordId}.`);
  if (before.fields["status"] !== "pending") return before;
  const after = putFields(world, before, { ...more, status });
  if (status === "succeeded") payOff(world, after);
  if (status === "failed") standStill(world, after);
  return after;
}

function payOff(world: World, { fields }: ResourceRecord): void {
  const kind = fields["entityType"] === "invoice" ? "invoice" : "order";
  const paid = payable(world, kind, String(fields["entityId"]));
  if (kind === "order") return void putFields(world, paid, paidOrderFields(world, paid));
  const due = exact(paid.fields["amountDue"]);
  const amount = exact(fields["amount"]);
  // Money for an invoice that was voided or paid meanwhile is with the provider all the same: only its transaction shows it.
  if (paid.fields["status"] === "void" || due.eq(0)) return;
  putFields(world, paid, paidFields(paid, amount.gt(due) ? due : amount, world.options.commerce));
}

/** A bank debit that failed: the invoice waits as before. */
function standStill(world: World, { fields }: ResourceRecord): void {
  if (fields["entityType"] !== "invoice") return;
  const invoice = payable(world, "invoice", String(fields["entityId"]));
  if (invoice.fields["status"] !== "payment_processing") return;
  putFields(world, invoice, { status: exact(invoice.fields["amountPaid"]).eq(0) ? "sent" : "partially_paid" });
}
