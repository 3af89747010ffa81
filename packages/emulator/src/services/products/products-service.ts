import { unprocessable } from "../../http/refusal.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import { recordKey, type Fields, type ResourceRecord } from "../../state/resource-record.ts";
import type { CommerceChoices } from "../../switches/commerce-switches.ts";
import { belowZero } from "../../validate/below-zero.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";
import type { Service } from "../service.ts";
import { bulkHandlers } from "./bulk-products.ts";
import { inventoryHandlers } from "./inventory.ts";
import { reviewHandlers, reviews } from "./reviews.ts";
import { prices, productCollections, products } from "./product-resources.ts";
import { seedProducts } from "./seed-products.ts";
import { storeProductHandlers } from "./store-products.ts";

/** Products, prices, collections, reviews and inventory. */
export const productsService: Service = {
  evidence: {
    "products.countReviews": "inferred",
    "products.updateStorePriority": "inferred",
  },
  handlers: { ...bulkHandlers, ...inventoryHandlers, ...reviewHandlers, ...storeProductHandlers },
  resources: [
    resource(products, {
      create: (input) => ({
        availableInStore: false,
        variants: [],
        medias: [],
        collectionIds: [],
        isTaxesEnabled: false,
        taxes: [],
        slug: String(input["name"]).toLowerCase().replaceAll(/\W+/g, "-"),
        ...input,
      }),
      filters: {
        collectionIds: (fields, value) =>
          (Array.isArray(value) ? value : String(value).split(",")).some((id) => has(fields["collectionIds"], id)),
        collectionSlug: (fields, value, call) =>
          recordsOf(call, productCollections).some(
            ({ recordId, fields: own }) => own["slug"] === value && has(fields["collectionIds"], recordId),
          ),
        includedInStore: (fields, value) => (fields["excludedFromStore"] !== true) === (String(value) === "true"),
        availableInStore: (fields, value) => String(fields["availableInStore"] ?? false) === String(value),
      },
      withoutEffect: { expand: "products show everything", storeId: "a location has one store" },
    }),
    resource(prices, {
      create: (input, call) => {
        refusePrice(input, call.world.options.commerce);
        return { product: call.params["productId"], variantOptionIds: [], membershipOffers: [], ...input };
      },
      change: (before, input, call) => {
        refusePrice(input, call.world.options.commerce);
        return { ...before, ...input };
      },
      view: ({ fields }, { world }) => ({
        priceType: fields["type"],
        ...(world.options.commerce.priceType === "instead" && { type: undefined }),
      }),
    }),
    resource(productCollections, { create: ({ collectionId: _, ...input }) => input }),
    resource(reviews),
  ],
  changes({ records }, publish) {
    records.onChange((before, after) => {
      // A price that goes because its product went emits nothing.
      const isOrphan =
        after === undefined && before?.resource === prices && records.get(recordKey(products, before.parents[0] ?? "")) === undefined;
      if (!isOrphan) publish(() => productChanges(before, after));
    });
  },
  seed: seedProducts,
};

/** @throws Refusal 422 for amounts below zero */
function refusePrice({ amount, compareAtPrice }: Fields, { details }: CommerceChoices): void {
  if (details === "any") return;
  const messages = [...belowZero("amount", amount), ...belowZero("compareAtPrice", compareAtPrice)];
  if (messages.length > 0) throw unprocessable(messages, "inferred");
}

function has(values: unknown, id: unknown): boolean {
  return Array.isArray(values) && values.includes(id);
}

/** Events of products and prices; collections, reviews and inventory have none. */
function productChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  const record = after ?? before;
  const noun = record?.resource === products ? "Product" : record?.resource === prices ? "Price" : undefined;
  if (noun === undefined || record?.locationId === undefined) return [];
  const act = before === undefined ? "Create" : after === undefined ? "Delete" : "Update";
  const { type, ...fields }: Fields = record.fields;
  const times = { createdAt: record.createdAt, updatedAt: record.updatedAt };
  return [
    {
      kind: `${noun}${act}`,
      locationId: record.locationId,
      fields: { _id: record.recordId, ...fields, ...(noun === "Price" && { priceType: type }), ...times },
    },
  ];
}
