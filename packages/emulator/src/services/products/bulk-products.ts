import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, recordsOf } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { ownProduct, prices } from "./product-resources.ts";

interface PriceChange {
  readonly type: string;
  readonly value: number;
  readonly roundToWhole?: boolean;
}

/** Changes of many products at once. */
export const bulkHandlers: Handlers = {
  "products.bulkUpdate": (call) => {
    for (const product of productsOf(call, call.body["productIds"] as readonly string[])) change(call, product);
    return answerWith(call, { status: true, message: "Products are being updated" });
  },

  "products.bulkEdit": (call) => {
    const edits = call.body["products"] as readonly ({
      readonly _id: string;
      readonly prices?: readonly ({ readonly _id: string } & Fields)[];
    } & Fields)[];
    const wanted = productsOf(
      call,
      edits.map(({ _id }) => _id),
    );
    for (const [index, { _id: _, prices: priceEdits = [], ...fields }] of edits.entries()) {
      const product = wanted[index];
      if (product === undefined) continue;
      changeRecord(call, product, fields);
      for (const price of recordsOf(call, prices, [product.recordId])) {
        const { _id: __, ...own } = priceEdits.find(({ _id }) => _id === price.recordId) ?? { _id: "" };
        if (Object.keys(own).length > 0) changeRecord(call, price, own);
      }
    }
    return answerWith(call, { status: true, message: "Products updated", updatedCount: wanted.length });
  },
};

/** @throws Refusal 400 when one is not the location's. */
function productsOf(call: Call, ids: readonly string[]): readonly ResourceRecord[] {
  return ids.map((id) => {
    const product = ownProduct(call, id);
    if (product === undefined) throw badRequest(`Product with id ${id} not found`);
    return product;
  });
}

function change(call: Call, product: ResourceRecord): void {
  const { type, price, compareAtPrice, availability, collectionIds, currency } = call.body as {
    readonly type: string;
    readonly price?: PriceChange;
    readonly compareAtPrice?: PriceChange;
    readonly availability?: boolean;
    readonly collectionIds?: readonly string[];
    readonly currency?: string;
  };
  if (type === "bulk-delete-products") return void call.world.state.records.delete(product.id);
  if (type === "bulk-update-availability") changeRecord(call, product, { availableInStore: availability });
  if (type === "bulk-update-product-collection") changeRecord(call, product, { collectionIds });
  for (const own of recordsOf(call, prices, [product.recordId])) {
    if (type === "bulk-update-currency") changeRecord(call, own, { currency });
    if (type !== "bulk-update-price") continue;
    changeRecord(call, own, {
      ...(price !== undefined && { amount: changed(Number(own.fields["amount"]), price) }),
      ...(compareAtPrice !== undefined && { compareAtPrice: changed(Number(own.fields["compareAtPrice"] ?? 0), compareAtPrice) }),
    });
  }
}

/** An amount after a change; never below nothing. */
function changed(amount: number, { type, value, roundToWhole }: PriceChange): number {
  const next = {
    INCREASE_BY_AMOUNT: amount + value,
    REDUCE_BY_AMOUNT: amount - value,
    SET_NEW_PRICE: value,
    INCREASE_BY_PERCENTAGE: amount * (1 + value / 100),
    REDUCE_BY_PERCENTAGE: amount * (1 - value / 100),
  }[type];
  const exact = Math.max(0, next ?? amount);
  return roundToWhole === true ? Math.round(exact) : Math.round(exact * 100) / 100;
}
