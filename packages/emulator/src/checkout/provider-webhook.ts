import { recordsIn } from "../resources/record-store.ts";
import type { Fields } from "../state/resource-record.ts";
import type { World } from "../world.ts";

const subscribed = ["chargeId", "ghlTransactionId", "ghlSubscriptionId", "marketplaceAppId"];

/** What each event of a provider has to bring, beside `locationId` and `apiKey`. */
const mandatory: Readonly<Record<string, readonly string[]>> = {
  "payment.captured": ["chargeId", "ghlTransactionId", "chargeSnapshot"],
  "subscription.updated": ["ghlSubscriptionId", "subscriptionSnapshot"],
  "subscription.trialing": subscribed,
  "subscription.active": subscribed,
  "subscription.charged": ["chargeId", "ghlSubscriptionId", "chargeSnapshot", "subscriptionSnapshot"],
};

/** A webhook of a payment provider: accepted, and without effect, as one integrator recorded. What the provider answers to `verify` counts. */
export function receiveProviderWebhook({ state, ids }: World, body: Fields): { readonly status: 200 | 400 | 401; readonly body: Fields } {
  const { event, locationId, apiKey } = body;
  const needed = mandatory[String(event)];
  if (needed === undefined) return refused(400, `event must be one of the following values: ${Object.keys(mandatory).join(", ")}`);
  const missing = ["locationId", "apiKey", ...needed].filter((name) => body[name] === undefined || body[name] === "");
  if (missing.length > 0) return refused(400, missing.map((name) => `${name} should not be empty`).join(", "));
  const [provider] = recordsIn(state, { resource: "/payments/custom-provider", tenant: String(locationId), parents: [] });
  const keys = [provider?.fields["live"], provider?.fields["test"]].map((mode) => (mode as Fields | undefined)?.["apiKey"]);
  if (!keys.includes(apiKey)) return refused(401, "Invalid apiKey");
  return { status: 200, body: { success: true, traceId: ids.record() } };
}

function refused(status: 400 | 401, message: string): { readonly status: 400 | 401; readonly body: Fields } {
  return { status, body: { status, message, name: "HttpException" } };
}
