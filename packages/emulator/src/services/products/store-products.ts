import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, recordsOf } from "../../resources/record-store.ts";
import { queryText } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import { ownProduct, products } from "./product-resources.ts";

/** Which products the store shows, and in which order. A location has one store, whatever id is named. */
export const storeProductHandlers: Handlers = {
  "products.updateStoreStatus": (call) => {
    const { action, productIds } = call.body as { action: string; productIds: readonly string[] };
    for (const id of productIds) {
      const product = ownProduct(call, id);
      if (product === undefined) throw badRequest(`Product with id ${id} not found`);
      changeRecord(call, product, { excludedFromStore: action === "exclude", availableInStore: action === "include" });
    }
    return answerWith(call, { status: true, message: "Products updated" });
  },

  "products.updateStorePriority": (call) => {
    for (const [index, entry] of (call.body["products"] as readonly unknown[]).entries()) {
      const { _id, id = _id, priority = index + 1 } = (entry ?? {}) as { _id?: string; id?: string; priority?: number };
      const product = ownProduct(call, id ?? "");
      if (product !== undefined) changeRecord(call, product, { storePriority: priority });
    }
    return answerWith(call, { status: true, message: "Priorities updated" });
  },

  "products.getStoreStats": (call) => {
    const words = (queryText(call, "search") ?? "").toLowerCase();
    const wanted = queryText(call, "collectionIds")?.split(",");
    const found = recordsOf(call, products).filter(
      ({ fields }) =>
        String(fields["name"]).toLowerCase().includes(words) &&
        (wanted === undefined || ((fields["collectionIds"] ?? []) as readonly string[]).some((id) => wanted.includes(id))),
    );
    const excludedFromStore = found.filter(({ fields }) => fields["excludedFromStore"] === true).length;
    return answerWith(call, { totalProducts: found.length, includedInStore: found.length - excludedFromStore, excludedFromStore });
  },
};
