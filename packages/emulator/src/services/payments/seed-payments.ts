import type { Seeding } from "../service.ts";
import { orders } from "./orders.ts";
import { transactions } from "./transactions.ts";

/** A paid order with its transaction, an order that is not paid, a subscription and two coupons. */
export function seedPayments({ sow, now }: Seeding): void {
  const contactSnapshot = { id: "formerContact0000001", name: "Mia Stone", email: "mia.stone@example.com" };
  const contact = {
    contactId: contactSnapshot.id,
    contactName: contactSnapshot.name,
    contactEmail: contactSnapshot.email,
    contactSnapshot,
  };
  const source = { type: "website", subType: "store", id: "store", name: "Store" };
  const shared = {
    ...contact,
    currency: "USD",
    liveMode: true,
    source,
    sourceType: source.type,
    sourceSubType: source.subType,
    sourceId: source.id,
  };
  const order = {
    ...shared,
    sourceName: source.name,
    amount: 120,
    subtotal: 120,
    discount: 0,
    totalProducts: 1,
    items: [],
    onetimeProducts: 1,
  };
  const sums = { amountSummary: { subtotal: 120, discount: 0 }, fulfillmentStatus: "unfulfilled", recurringProducts: 0 };
  const paid = sow(orders, { ...order, ...sums, status: "completed", paymentStatus: "paid" });
  sow(orders, { ...order, ...sums, status: "pending", paymentStatus: "unpaid" });
  const entity = {
    entityType: "order",
    entityId: paid.recordId,
    entitySourceType: "website",
    entitySourceName: "Store",
    entitySource: source,
  };
  const charge = { chargeId: "ch_seed", chargeSnapshot: {}, paymentProviderType: "stripe", amountRefunded: 0 };
  sow(transactions, { ...contact, ...entity, ...charge, currency: "USD", liveMode: true, amount: 120, status: "succeeded" });
  const recurring = { subscriptionId: "sub_seed", subscriptionSnapshot: { status: "active" }, paymentProviderType: "stripe" };
  sow("/payments/subscriptions", { ...contact, ...entity, ...recurring, currency: "USD", liveMode: true, amount: 29, status: "active" });
  const coupon = { usageCount: 0, applyToFuturePayments: true, applyToFuturePaymentsConfig: { type: "forever" }, limitPerCustomer: false };
  sow("/payments/coupon", { ...coupon, name: "Spring", code: "SPRING10", discountType: "percentage", discountValue: 10, startDate: now });
  sow("/payments/coupon", {
    ...coupon,
    name: "Winter",
    code: "WINTER5",
    discountType: "amount",
    discountValue: 5,
    startDate: "2020-01-01T00:00:00.000Z",
    endDate: "2020-02-01T00:00:00.000Z",
  });
}
