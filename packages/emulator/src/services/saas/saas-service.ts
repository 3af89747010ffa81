import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";
import { plans, saasHandlers, subscription, wallet } from "./saas-locations.ts";

/** Plans that an agency sells, the subscriptions of its locations, and their wallets. */
export const saasService: Service = {
  handlers: saasHandlers,
  resources: [
    resource(plans, { view: ({ recordId }) => ({ planId: recordId }), idStyle: "object" }),
    resource(subscription, { idStyle: "object" }),
    resource(wallet, {
      initial: () => ({ balance: 10, complimentaryCredits: 0 }),
      view: ({ recordId }) => ({ walletId: recordId }),
      idStyle: "object",
    }),
  ],
  seed({ sow, seed, now }) {
    const company = { locationId: null, idStyle: "object" } as const;
    for (const [title, amount, planLevel] of [
      ["Starter", 97, 1],
      ["Growth", 197, 2],
    ] as const) {
      const price = { id: `price_${planLevel}`, billingInterval: "month", active: true, amount, currency: "usd", symbol: "$" };
      const limits = { userLimit: 5, contactLimit: 1000, trialPeriod: 14, planLevel };
      const plan = sow(
        plans,
        { title, description: title, saasProducts: ["workflow_ai"], addOns: [], ...limits, prices: [price], isSaaSV2: true },
        company,
      );
      if (planLevel !== 1) continue;
      const subscribed = {
        subscriptionId: "sub_seed",
        customerId: "cus_seed",
        subscriptionStatus: "active",
        saasMode: "activated",
        isSaaSV2: true,
      };
      const place = { locationId: seed.locationId, idStyle: "object" } as const;
      sow(subscription, { ...subscribed, saasPlanId: plan.recordId, priceId: price.id, productId: "prod_seed", enabledAt: now }, place);
    }
  },
};
