import { badRequest } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import type { Handlers } from "../../call/handler.ts";

const charges = "/marketplace/billing/charges";

/** Charges to the wallet of a location, in major units. An event is charged once. */
export const chargeResource: ResourceDeclaration = resource(charges, {
  idStyle: "object",
  create(input, call) {
    const { eventId, userId, price = 0.01, units, description } = input as { readonly price?: number } & Fields;
    if (userId === "") throw badRequest("userId should not be empty", {}, "recorded");
    if (!Number.isFinite(Number(units))) {
      throw badRequest("units must be a number conforming to the specified constraints", {}, "recorded");
    }
    if (recordsOf(call, charges).some(({ fields }) => (fields["meta"] as Fields)["eventId"] === eventId)) {
      throw badRequest("A charge with this eventId already exists");
    }
    const amountCharged = Math.round(price * Number(units) * 10_000) / 10_000;
    const what = { appId: input["appId"], meterId: input["meterId"], entityType: "LOCATION", entityId: call.locationId };
    const money = { currency: "USD", pricePerUnit: price, units: Number(units), amountCharged, transactionType: "charge", refunded: false };
    return { ...what, ...money, meta: { eventId, description, userId } };
  },
  view: ({ recordId }) => ({ chargeId: recordId }),
  filters: {
    eventId: ({ meta }, value) => (meta as Fields)["eventId"] === value,
    userId: ({ meta }, value) => (meta as Fields)["userId"] === value,
  },
  evidence: "recorded",
});

export const chargeHandlers: Handlers = {
  "marketplace.hasFunds": (call) => answerWith(call, { hasFunds: true }),
};
