import type { Seeding } from "../service.ts";
import { prices, productCollections, products } from "./product-resources.ts";
import { reviews } from "./reviews.ts";

/** Two products with prices, one of them tracked and one recurring; a collection and two reviews. */
export function seedProducts({ sow }: Seeding): void {
  const collection = sow(productCollections, {
    name: "Care",
    slug: "care",
    image: "https://example.com/care.png",
    seo: { title: "Care", description: "" },
  });
  const shared = { availableInStore: true, variants: [], medias: [], isTaxesEnabled: false, taxes: [], description: "" };
  const kit = sow(products, {
    ...shared,
    name: "Whitening kit",
    slug: "whitening-kit",
    productType: "PHYSICAL",
    collectionIds: [collection.recordId],
  });
  const plan = sow(products, { ...shared, name: "Care plan", slug: "care-plan", productType: "SERVICE", collectionIds: [] });
  const price = { currency: "USD", variantOptionIds: [], membershipOffers: [] };
  const tracked = { trackInventory: true, availableQuantity: 40, allowOutOfStockPurchases: false, sku: "KIT-1" };
  sow(prices, { ...price, ...tracked, product: kit.recordId, name: "Kit", type: "one_time", amount: 120 }, { parents: [kit.recordId] });
  const recurring = { type: "recurring", recurring: { interval: "month", intervalCount: 1 } };
  sow(prices, { ...price, ...recurring, product: plan.recordId, name: "Monthly", amount: 29 }, { parents: [plan.recordId] });
  for (const [headline, rating, status] of [
    ["Works", 5, "approved"],
    ["Takes time", 3, "pending"],
  ] as const) {
    sow(reviews, { headline, detail: headline, rating, status, productId: kit.recordId, reply: [] });
  }
}
