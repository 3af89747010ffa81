import { BoundsError } from "../bounds/check-value.ts";
import { exact, sumOf } from "../commerce/amounts.ts";
import { findRecord, putFields, recordsIn } from "../resources/record-store.ts";
import { orders } from "../services/payments/orders.ts";
import { transactions } from "../services/payments/transactions.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";
import { providerOf } from "./payment-provider.ts";
import { queryProvider } from "./query-provider.ts";
import { payable } from "./settle-payment.ts";

/** What became of a refund. */
export interface RefundedPayment {
  readonly transactionId: string;
  readonly outcome: "refunded" | "failed";
  /** All refunds of the transaction together, in major units. */
  readonly amountRefunded: number;
}

/**
 * Pays back a transaction, or a part of it; a custom provider is asked to. The sum stands on the transaction, and no event reports it.
 * @throws BoundsError when there is no such transaction, or more would be paid back than was paid
 */
export async function refundPayment(world: World, transactionId: string, asked?: number): Promise<RefundedPayment> {
  const transaction = findRecord(world.state, transactions, transactionId);
  if (transaction === undefined) throw new BoundsError(`There is no transaction ${transactionId}.`);
  const { fields } = transaction;
  if (fields["status"] !== "succeeded") throw new BoundsError("Only a payment that succeeded is refunded.");
  const before = exact(fields["amountRefunded"]);
  const left = exact(fields["amount"]).minus(before);
  const amount = asked === undefined ? left : exact(asked);
  if (amount.lte(0) || amount.gt(left))
    throw new BoundsError(`The amount is more than 0, and at most what was not refunded yet: ${left.toFixed()}.`);
  const isRefunded = await askProvider(world, transaction, amount.toNumber());
  if (!isRefunded) return { transactionId, outcome: "failed", amountRefunded: before.toNumber() };
  const amountRefunded = before.plus(amount).toNumber();
  putFields(world, transaction, { amountRefunded });
  markOrder(world, fields);
  return { transactionId, outcome: "refunded", amountRefunded };
}

async function askProvider(world: World, { recordId, fields }: ResourceRecord, amount: number): Promise<boolean> {
  if (fields["paymentProviderType"] !== "custom_provider") return true;
  const provider = providerOf(world, payable(world, fields["entityType"] === "invoice" ? "invoice" : "order", String(fields["entityId"])));
  if (provider === undefined) return false;
  const question = { type: "refund", amount, transactionId: recordId, chargeId: fields["chargeId"] };
  const answer = (await queryProvider(world, provider, question)) as Fields | undefined;
  return answer?.["success"] === true;
}

/** Orders have a status for it, invoices have none. */
function markOrder(world: World, { entityType, entityId }: Fields): void {
  if (entityType !== "order") return;
  const order = findRecord(world.state, orders, String(entityId));
  if (order === undefined) return;
  const own = recordsIn(world.state, { resource: transactions, tenant: order.locationId ?? order.companyId, parents: [] }).filter(
    ({ fields }) => fields["entityId"] === entityId && fields["status"] === "succeeded",
  );
  const isAll = sumOf(own.map(({ fields }) => exact(fields["amount"]).minus(exact(fields["amountRefunded"])))).eq(0);
  if (isAll) putFields(world, order, { paymentStatus: "refunded" });
}
