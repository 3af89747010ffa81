import { reply } from "../../http/answer.ts";
import { notFound, Refusal } from "../../http/refusal.ts";
import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";
import { couponResource } from "./coupons.ts";
import { customProviderHandlers, customProviderResource } from "./custom-provider.ts";
import { orderChanges, orderHandlers, orders, fulfilmentResource } from "./orders.ts";
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
      unknown: (id) => paymentsNotFound("Order", id),
    }),
    fulfilmentResource,
    resource("/payments/orders/{}/notes", { listName: "notes" }),
    resource(transactions, { filters: paymentFilters, pageSize: 10, unknown: (id) => paymentsNotFound("Transaction", id) }),
    resource("/payments/subscriptions", {
      filters: { ...paymentFilters, id: (fields, value) => fields["subscriptionId"] === value },
      pageSize: 10,
      withoutEffect: { getPaymentsCollectedCount: "the count is not described" },
      unknown: (id) => paymentsNotFound("Subscription", id),
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

/** Errors of payments have a form of their own (sdk#19). */
function paymentsNotFound(noun: string, id: string): Refusal {
  if (id === "") return notFound(`${noun} not found`);
  return new Refusal(reply(404, { status: 404, message: `${noun} not found`, name: "HttpException" }, "recorded"));
}
