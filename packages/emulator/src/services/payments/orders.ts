import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, findRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { addTransaction, manualPayment, transactions } from "./transactions.ts";

export const orders = "/payments/orders";

/** Orders are made by checkouts; the API records payments and fulfilments. */
export const orderHandlers: Handlers = {
  "payments.recordOrderPayment": (call) => {
    const order = requireRecord(call, orders, param(call, "orderId"));
    const due = dueOf(order, call);
    const amount = Number(call.body["amount"] ?? due);
    if (!(amount > 0) || amount > due) throw badRequest(`The amount must be between 0 and the amount due, ${due}`);
    addTransaction(call.world, order, manualPayment(call.body, amount, call.world.ids.object()));
    const isPaid = amount >= due;
    changeRecord(call, order, { paymentStatus: isPaid ? "paid" : "partially_paid", status: isPaid ? "completed" : order.fields["status"] });
    return answerWith(call, { success: true });
  },
};

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

function dueOf(order: ResourceRecord, call: Call): number {
  const paid = recordsOf(call, transactions)
    .filter(({ fields }) => fields["entityId"] === order.recordId)
    .reduce((sum, { fields }) => sum + Number(fields["amount"]), 0);
  return Math.round((Number(order.fields["amount"]) - paid) * 100) / 100;
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
