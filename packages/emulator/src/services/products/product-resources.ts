import { findRecord, recordsOf } from "../../resources/record-store.ts";
import type { ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";

export const products = "/products";
export const prices = "/products/{}/price";
export const productCollections = "/products/collections";

/** The prices of every product of the location. */
export function allPrices(call: Call): readonly ResourceRecord[] {
  return recordsOf(call, products).flatMap(({ recordId }) => recordsOf(call, prices, [recordId]));
}

/** A product of the location; `undefined` for others. */
export function ownProduct(call: Call, id: string): ResourceRecord | undefined {
  const product = findRecord(call.world.state, products, id);
  return product?.locationId === call.locationId ? product : undefined;
}
