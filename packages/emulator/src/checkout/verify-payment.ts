import { findRecord } from "../resources/record-store.ts";
import { transactions } from "../services/payments/transactions.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";
import { providerOf } from "./payment-provider.ts";
import { queryProvider } from "./query-provider.ts";
import { payable, settlePayment } from "./settle-payment.ts";

/**
 * Asks the provider whether a payment was made: its answer alone settles it, whatever the frame or a webhook says. `{ success: true }` is paid, `{ failed: true }` failed, and
 * everything else pending.
 */
export async function verifyPayment(world: World, transactionId: string, chargeId: string): Promise<ResourceRecord | undefined> {
  const transaction = findRecord(world.state, transactions, transactionId);
  if (transaction === undefined || transaction.fields["status"] !== "pending") return transaction;
  const { entityType, entityId, subscriptionId = "" } = transaction.fields;
  const paid = payable(world, entityType === "invoice" ? "invoice" : "order", String(entityId));
  const provider = providerOf(world, paid);
  if (provider === undefined) return transaction;
  const answer = ((await queryProvider(world, provider, { type: "verify", transactionId, chargeId, subscriptionId })) ?? {}) as Fields;
  const chargeSnapshot = (answer["chargeSnapshot"] as Fields | undefined) ?? {};
  const more = { chargeId, chargeSnapshot };
  if (answer["success"] === true) return settlePayment(world, transaction, "succeeded", more);
  return settlePayment(world, transaction, answer["failed"] === true ? "failed" : "pending", more);
}
