import type { Service } from "../service.ts";
import { chargeHandlers, chargeResource } from "./charges.ts";
import { installationHandlers } from "./installations.ts";

/** Installations of marketplace apps, and charges to the wallets of their locations. */
export const marketplaceService: Service = {
  evidence: {
    "marketplace.hasFunds": "inferred",
  },
  handlers: { ...installationHandlers, ...chargeHandlers },
  resources: [chargeResource],
};
