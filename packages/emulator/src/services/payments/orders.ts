import type Big from "big.js";
import { exact, sumOf } from "../../commerce/amounts.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { assertTenant, changeRecord, findRecord, putFields, recordsIn, requireRecord } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";
import type { World } from "../../world.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { paymentsRefusal } from "./payments-refusal.ts";
import { addTransaction, manualPayment, transactions } from "./transactions.ts";

export const orders = "/payments/orders";

/** Orders are made by checkouts; the API records payments and fulfilments. */
export const orderHandlers: Handlers = {
  "payments.recordOrderPayment": (call) => {
    const { world, body } = call;
    const id = param(call, "orderId");
    const order = findRecord(world.state, orders, id);
    if (order === undefined) throw paymentsRefusal(404, "Order not found", "recorded");
    assertTenant(call, order);
    const due = orderDue(world, order);
    const amount = body["amount"] === undefined ? due : exact(body["amount"]);
    if (amount.lte(0) || amount.gt(due)) throw paymentsRefusal(400, `The amount must be between 0 and the amount due, ${due.toFixed()}`);
    addTransaction(world, order, manualPayment(body, amount.toNumber(), world.ids.object()));
    putFields(world, order, paidOrderFields(world, order));
    return answerWith(call, { success: true });
  },
};

/** What is left to pay of an order: its amount less what its transactions brought in. */
export function orderDue({ state }: World, order: ResourceRecord): Big {
  const paid = recordsIn(state, { resource: transactions, tenant: order.locationId ?? order.companyId, parents: [] })
    .filter(({ fields }) => fields["entityId"] === order.recordId && fields["status"] === "succeeded")
    .map(({ fields }) => exact(fields["amount"]));
  const due = exact(order.fields["amount"]).minus(sumOf(paid));
  return due.lt(0) ? exact(0) : due;
}

/** What payments change of an order, after they were kept. */
export function paidOrderFields(world: World, order: ResourceRecord): Fields {
  const isPaid = orderDue(world, order).eq(0);
  return { paymentStatus: isPaid ? "paid" : "partially_paid", ...(isPaid && { status: "completed" }) };
}

export const fulfilmentResource: ResourceDeclaration = resource("/payments/orders/{}/fulfillments", {
  create: ({ notifyCustomer: _, ...input }, call) => ({ ...input, items: linesOf(input["items"], call) }),
  created(_, call) {
    const order = requireRecord(call, orders, param(call, "orderId"));
    changeRecord(call, order, { fulfillmentStatus: "fulfilled" });
  },
});

/** Lines of a fulfilment, with the price and the product that they name. */
function linesOf(items: unknown, call: Call): readonly Fields[] {
  return ((items ?? []) as readonly { readonly priceId: string; readonly qty: number }[]).map(({ priceId, qty }) => {
    const price = findRecord(call.world.state, "/products/{}/price", priceId);
    const product = price && findRecord(call.world.state, "/products", String(price.fields["product"]));
    const shown = (record: ResourceRecord | undefined): Fields | undefined => record && { _id: record.recordId, ...record.fields };
    return {
      _id: call.world.ids.object(),
      priceId,
      qty,
      name: product?.fields["name"] ?? "",
      price: shown(price),
      product: shown(product),
    };
  });
}

/** Events of an order. */
export function orderChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  if (after?.resource !== orders || after.locationId === undefined) return [];
  const { locationId, recordId, fields } = after;
  const body = { _id: recordId, altId: locationId, altType: "location", ...fields };
  if (before === undefined) return [{ kind: "OrderCreate", locationId, fields: body }];
  const isMoved = before.fields["status"] !== fields["status"] || before.fields["fulfillmentStatus"] !== fields["fulfillmentStatus"];
  return isMoved ? [{ kind: "OrderStatusUpdate", locationId, fields: body }] : [];
}
