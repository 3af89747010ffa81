import type { RawDelivery } from "../verify/raw-delivery.ts";
import { createMarketplaceSource, type MarketplaceSourceOptions } from "./marketplace-source.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Checks one delivery of a marketplace app and gives its event. For many, make the source once: its keys are prepared then.
 *
 * @returns Never throws for a delivery, whatever its bytes.
 * @throws GhlError `invalid_request` for options that are wrong.
 */
export async function verifyWebhook(delivery: RawDelivery, options: MarketplaceSourceOptions): Promise<Verdict> {
  return createMarketplaceSource(options).verify(delivery);
}
