import { classify, createContext, ghlError, type FetchLike } from "@ghlkit/core";

/** A payment for an app with external billing: the installation is complete only once it was reported. */
export interface ExternalPayment {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the app was installed: one report for each. */
  readonly of: { readonly locationId: string; readonly companyId?: never } | { readonly companyId: string; readonly locationId?: never };
  readonly status: "COMPLETED" | "FAILED";
  /** In major units. */
  readonly amount: number;
  readonly type: "one_time" | "recurring";
  /** Id at the payment service. */
  readonly paymentId?: string;
  /** Id at the payment service. */
  readonly subscriptionId?: string;
}

const billingWebhook = "https://services.leadconnectorhq.com/oauth/billing/webhook";

/**
 * Reports a payment. May be repeated.
 * @throws GhlError when the platform refuses it.
 */
export async function reportExternalBilling(
  payment: ExternalPayment,
  { fetch = globalThis.fetch }: { readonly fetch?: FetchLike } = {},
): Promise<void> {
  const { clientId, clientSecret, of, status, amount, type, paymentId, subscriptionId } = payment;
  if (paymentId === undefined && subscriptionId === undefined) {
    throw ghlError("invalid_request", "A payment needs a paymentId or a subscriptionId: the report names what was paid.", {});
  }
  // JSON makes null of NaN.
  if (typeof amount !== "number" || !Number.isFinite(amount))
    throw ghlError("invalid_request", `The amount of a payment is a number, not ${String(amount)}.`, {});
  const headers = { "x-ghl-client-key": clientId, "x-ghl-client-secret": clientSecret, "Content-Type": "application/json" };
  const body = {
    clientId,
    authType: of.locationId === undefined ? "company" : "location",
    ...of,
    ...(subscriptionId !== undefined && { subscriptionId }),
    ...(paymentId !== undefined && { paymentId }),
    amount,
    status,
    paymentType: type,
  };
  const response = await fetch(billingWebhook, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw classify(response, text, createContext({ name: "POST /oauth/billing/webhook" }));
}

/** Who installs an app with external billing, from the URL that the person is sent to; `undefined` for a URL that names no installation. */
export function readBillingUrl(
  url: string,
): { readonly clientId: string; readonly companyId: string | undefined; readonly locationIds: readonly string[] } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { searchParams } = new URL(url);
  const clientId = searchParams.get("clientId");
  const companyId = searchParams.get("companyId") ?? undefined;
  const locationIds = (searchParams.get("locationId") ?? "").split(",").filter((id) => id !== "");
  if (clientId === null || clientId === "" || (companyId === undefined && locationIds.length === 0)) return undefined;
  return { clientId, companyId, locationIds };
}
