import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord } from "../../resources/record-store.ts";
import { queryNumber, queryText } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { allPrices, ownProduct } from "./product-resources.ts";

/** The inventory is what the prices say of their quantities. */
export const inventoryHandlers: Handlers = {
  "products.listInventory": (call) => {
    const words = (queryText(call, "search") ?? "").toLowerCase();
    const found = allPrices(call)
      .filter(({ fields }) => fields["trackInventory"] === true)
      .map(({ recordId, fields, updatedAt }) => {
        const product = ownProduct(call, String(fields["product"]));
        return { ...fields, _id: recordId, productName: product?.fields["name"], image: product?.fields["image"], updatedAt };
      })
      .filter(({ productName, ...fields }) =>
        `${String(productName)} ${String((fields as Record<string, unknown>)["name"])}`.toLowerCase().includes(words),
      );
    const offset = queryNumber(call, "offset", 0);
    return answerWith(call, {
      inventory: found.slice(offset, offset + (queryNumber(call, "limit", 0) || 20)),
      total: { total: found.length },
    });
  },

  "products.updateInventory": (call) => {
    const items = call.body["items"] as readonly { priceId: string; availableQuantity?: number; allowOutOfStockPurchases?: boolean }[];
    const own = new Map(allPrices(call).map((price) => [price.recordId, price]));
    for (const { priceId, ...changes } of items) {
      const price = own.get(priceId);
      if (price === undefined) throw badRequest(`Price with id ${priceId} not found`);
      changeRecord(call, price, { ...changes, trackInventory: true });
    }
    return answerWith(call, { status: true, message: "Inventory updated" });
  },
};
