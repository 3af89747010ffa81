import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";
import { couponResource } from "./coupons.ts";
import { customProviderHandlers, customProviderResource } from "./custom-provider.ts";
import { orderChanges, orderHandlers, orders, fulfilmentResource } from "./orders.ts";
import { paymentsRefusal } from "./payments-refusal.ts";
import { paymentFilters } from "./payment-filters.ts";
import { seedPayments } from "./seed-payments.ts";
import { transactions } from "./transactions.ts";

/** Orders, transactions, subscriptions, coupons and payment providers. */
export const paymentsService: Service = {
  handlers: { ...orderHandlers, ...customProviderHandlers },
  resources: [
    resource(orders, {
      filters: paymentFilters,
      pageSize: 10,
      withoutEffect: { locationId: "`altId` decides" },
      unknown: () => paymentsRefusal(404, "Order not found", "recorded"),
    }),
    fulfilmentResource,
    resource("/payments/orders/{}/notes", { listName: "notes" }),
    resource(transactions, { filters: paymentFilters, pageSize: 10, unknown: () => paymentsRefusal(404, "Transaction not found") }),
    resource("/payments/subscriptions", {
      filters: { ...paymentFilters, id: (fields, value) => fields["subscriptionId"] === value },
      pageSize: 10,
      withoutEffect: { getPaymentsCollectedCount: "the count is not described" },
      unknown: () => paymentsRefusal(404, "Subscription not found"),
    }),
    couponResource,
    customProviderResource,
    resource("/payments/integrations/provider/whitelabel", {
      create: ({ uniqueName, ...input }) => ({ ...input, uniqueName, route: uniqueName }),
    }),
  ],
  changes: ({ records }, publish) => records.onChange((before, after) => publish(() => orderChanges(before, after))),
  seed: seedPayments,
};
