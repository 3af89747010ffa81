import { answerWith } from "../../resources/answer-with.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import type { Service } from "../service.ts";

const zones = "/store/shipping-zone";
const rates = "/store/shipping-zone/{}/shipping-rate";

const storeHandlers: Handlers = {
  "store.listAvailableShippingRates": (call) => {
    const { country, totalOrderAmount, totalOrderWeight, address } = call.body as {
      country: string;
      totalOrderAmount: number;
      totalOrderWeight: number;
      address?: { readonly state?: string };
    };
    const reached = recordsOf(call, zones).filter(({ fields }) => reaches(fields, country, address?.state));
    const data = reached
      .flatMap((zone) =>
        recordsOf(call, rates, [zone.recordId]).map((rate) => ({ ...shownFields(rate, undefined, call), shippingZoneId: zone.recordId })),
      )
      .filter((rate) => applies(rate, totalOrderAmount, totalOrderWeight));
    return answerWith(call, { status: true, message: "Shipping rates", data });
  },
};

/** Shipping zones, rates, carriers and the settings of the store. */
export const storeService: Service = {
  handlers: storeHandlers,
  resources: [
    resource(zones, {
      view: ({ recordId }, call) => ({ shippingRates: recordsOf(call, rates, [recordId]).map((rate) => rateView(rate, call)) }),
      withoutEffect: { withShippingRate: "zones show their rates in any case" },
    }),
    resource(rates, {
      create: (input) => ({ description: "", isCarrierRate: false, percentageOfRateFee: 0, shippingCarrierServices: [], ...input }),
    }),
    resource("/store/shipping-carrier", { create: (input) => ({ services: [], allowsMultipleServiceSelection: false, ...input }) }),
    resource("/store/store-setting"),
  ],
  seed({ sow }) {
    const zone = sow(zones, { name: "Domestic", countries: [{ code: "US", states: [] }] });
    const rate = { currency: "USD", isCarrierRate: false, percentageOfRateFee: 0, shippingCarrierServices: [], conditionType: "none" };
    sow(
      rates,
      { name: "Standard", description: "Three days", amount: 5, shippingZoneId: zone.recordId, ...rate },
      { parents: [zone.recordId] },
    );
    sow("/store/shipping-carrier", {
      name: "Courier",
      callbackUrl: "https://example.com/rates",
      services: [],
      allowsMultipleServiceSelection: false,
    });
    const origin = {
      name: "Harbour Dental",
      country: "US",
      state: "NY",
      city: "New York",
      zip: "10001",
      street1: "1 Pier",
      phone: "+12025550100",
    };
    const notification = { enabled: true, subject: "Your order", emailTemplateId: "" };
    sow("/store/store-setting", {
      shippingOrigin: origin,
      storeOrderNotification: notification,
      storeOrderFulfillmentNotification: notification,
    });
  },
};

function rateView(rate: ResourceRecord, call: Call): Fields {
  return shownFields(rate, undefined, call);
}

/** A zone without states is the whole country. */
function reaches(zone: Fields, country: string, state: string | undefined): boolean {
  const own = (
    (zone["countries"] ?? []) as readonly { readonly code: string; readonly states?: readonly { readonly code: string }[] }[]
  ).find(({ code }) => code === country);
  if (own === undefined) return false;
  const states = own.states ?? [];
  return states.length === 0 || state === undefined || states.some(({ code }) => code === state);
}

function applies({ conditionType, minCondition, maxCondition }: Fields, amount: number, weight: number): boolean {
  if (conditionType !== "price" && conditionType !== "weight") return true;
  const value = conditionType === "price" ? amount : weight;
  return value >= Number(minCondition ?? 0) && (maxCondition === undefined || value <= Number(maxCondition));
}
