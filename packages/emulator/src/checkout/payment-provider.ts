import { recordsIn } from "../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";

/** The payment provider of a location, as its app set it up, with the keys of one mode. */
export interface PaymentProvider {
  readonly name: string;
  readonly paymentsUrl: string;
  readonly queryUrl: string;
  readonly apiKey: string;
  readonly publishableKey: string;
  readonly marketplaceAppId: string | undefined;
}

/** The provider that takes the payments of an invoice or order: `undefined` when none is set up, or its keys for that mode are missing. */
export function providerOf({ state }: World, { locationId = "", fields }: ResourceRecord): PaymentProvider | undefined {
  const [provider] = recordsIn(state, { resource: "/payments/custom-provider", tenant: locationId, parents: [] });
  const keys = provider?.fields[fields["liveMode"] === false ? "test" : "live"] as Fields | undefined;
  const { name, paymentsUrl, queryUrl, marketplaceAppId } = provider?.fields ?? {};
  if (keys === undefined || typeof paymentsUrl !== "string" || typeof queryUrl !== "string") return undefined;
  return {
    name: String(name ?? "Payment provider"),
    paymentsUrl,
    queryUrl,
    apiKey: String(keys["apiKey"] ?? ""),
    publishableKey: String(keys["publishableKey"] ?? ""),
    marketplaceAppId: marketplaceAppId === undefined ? undefined : String(marketplaceAppId),
  };
}
