import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, recordsOf, requireRecord } from "../../resources/record-store.ts";
import { queryText } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

export const reviews = "/products/reviews";

/** Reviews are written by buyers in the store; the API moderates them. */
export const reviewHandlers: Handlers = {
  "products.bulkUpdateReviews": (call) => {
    const wanted = (call.body["reviews"] as readonly { readonly reviewId: string }[]).map(({ reviewId }) =>
      requireRecord(call, reviews, reviewId),
    );
    for (const review of wanted) changeRecord(call, review, { status: call.body["status"] });
    return answerWith(call, { status: true, message: "Reviews updated" });
  },

  "products.countReviews": (call) => {
    const [productId, rating] = [queryText(call, "productId"), queryText(call, "rating")];
    const found = recordsOf(call, reviews).filter(
      ({ fields }) =>
        (productId === undefined || fields["productId"] === productId) &&
        (rating === undefined || rating.split(",").includes(String(fields["rating"]))),
    );
    const byStatus = Map.groupBy(found, ({ fields }) => String(fields["status"]));
    return answerWith(call, { data: [...byStatus].map(([status, own]) => ({ status, count: own.length })) });
  },
};
