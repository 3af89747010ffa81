import type { App } from "@ghlkit/app-kit/server";
import { isGhlError } from "@ghlkit/core";
import { createPaymentProvider, keysOfLocation, transactionAmount, type ProviderEvent } from "@ghlkit/crm/billing";
import type { Probed } from "@ghlkit/resilience";
import { once } from "ghlkit";
import { chargeIdOf } from "./gateway.ts";
import { testCards } from "./test-cards.ts";
import type { Shop } from "./shop.ts";

/** The keys that the platform and the frame show for a location: test ones, since no other are given out. */
const keyOf = (shop: Shop, kind: "secret" | "public"): string => shop.backend.sessions.sign(`provider-${kind}`, shop.locationId);

const texts: Readonly<Record<ProviderEvent["kind"], string>> = {
  unknown_key: "A payment was asked about with a wrong key.",
  other_transaction: "A charge was shown for another payment than its own.",
  other_amount: "A charge is over another amount than the payment asks for.",
  failed: "A question of the platform could not be answered.",
};

/** The custom payment provider: what the platform asks at its queryUrl, and what the page in the frame sends. */
export function mountProvider({ post }: App, shopOf: (locationId: string) => Shop | undefined): void {
  const shopAt = (request: Request): Shop | undefined => shopOf(new URL(request.url).pathname.split("/")[2] ?? "");
  const query = async (request: Request): Promise<Response> => {
    const shop = shopAt(request);
    if (shop === undefined) return Response.json({ success: false }, { status: 401 });
    const { journal, clock } = shop.backend;
    const provider = createPaymentProvider({
      keys: keysOfLocation(shop.locationId, { test: keyOf(shop, "secret") }),
      expected: transactionAmount(() => shop.location),
      verify: async ({ chargeId }) => {
        const charge = await shop.gateway.find(chargeId);
        return charge === undefined || charge.status === "refunded" ? undefined : { ...charge, status: charge.status };
      },
      journal,
      clock,
      onEvent: (event) =>
        void shop
          .flag(`${event.kind}:${"question" in event ? event.question.transactionId : clock.now()}`, texts[event.kind])
          .catch((error: unknown) => console.error(error)),
    });
    return provider.handle(request);
  };
  post("/provider/:location/query", query, { isLimited: false });
  // The page in the frame has no cookie on the platform's site: the public key says for whom it pays.
  post("/provider/:location/charges", async (request) => {
    const shop = shopAt(request);
    const body = (await request.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
    const { transactionId, amount, currency, card, publishableKey } = body;
    if (shop === undefined || publishableKey !== keyOf(shop, "public"))
      return Response.json({ message: "The key is not known." }, { status: 401 });
    if (typeof transactionId !== "string" || !/^[\w-]{1,100}$/.test(transactionId) || !Number.isFinite(amount) || Number(amount) <= 0)
      return Response.json({ message: "There is nothing to pay." }, { status: 400 });
    if (typeof currency !== "string" || !/^[a-z]{3}$/i.test(currency) || typeof card !== "string" || !Object.hasOwn(testCards, card))
      return Response.json({ message: "Choose a test card." }, { status: 400 });
    // A page that was left for an hour may still be open somewhere. What was charged is charged, however often it is asked.
    if (transactionId.startsWith("own_") && (await shop.gateway.find(chargeIdOf(transactionId))) === undefined) {
      const attempt = await shop.attempts.get(transactionId);
      if (attempt === undefined || attempt.end !== undefined)
        return Response.json({ message: "This payment has ended: begin it again." }, { status: 409 });
    }
    const { chargeId, status } = await shop.gateway.charge({ transactionId, amount: Number(amount), currency, card });
    return Response.json({ chargeId, status });
  });
}

export function publicKeyOf(shop: Shop): string {
  return keyOf(shop, "public");
}

/** Sets the provider of a location up, as an installed app does: once for one address of the application. */
export async function connectProvider(shop: Shop, url: string): Promise<void> {
  const { journal, clock, ghl } = shop.backend;
  // The platform lets apps have providers, and private tokens not.
  if (ghl.auth === undefined) return;
  const key = { apiKey: keyOf(shop, "secret"), publishableKey: keyOf(shop, "public") };
  const at = {
    paymentsUrl: `${url}/pay-frame/${shop.locationId}`,
    queryUrl: `${url}/provider/${shop.locationId}/query`,
    imageUrl: `${url}/logo.png`,
  };
  const body = { name: "Sample payments (test)", description: "Test payments", supportsSubscriptionSchedule: false, ...at };
  const { payments } = shop.location;
  const readConfig = () =>
    payments.getCustomProviderConfig({}, { fresh: true }).catch((error: unknown) => {
      if (isGhlError(error, "not_found")) return undefined;
      throw error;
    });
  const work = async (): Promise<string> => {
    // An earlier attempt may have come this far.
    if ((await readConfig())?.paymentsUrl !== at.paymentsUrl) await payments.createCustomProvider({ body });
    // The platform wants both; no live one is ever accepted here.
    await payments.connectCustomProvider({ body: { live: { apiKey: crypto.randomUUID(), publishableKey: "none" }, test: key } });
    return url;
  };
  const probe = async (): Promise<Probed<string>> => {
    const config = await readConfig();
    // The documents do not say what stands in it.
    const { connected } = (config?.paymentProvider?.test ?? {}) as { readonly connected?: unknown };
    return config?.paymentsUrl === at.paymentsUrl && connected === true ? { happened: true, result: url } : { happened: false };
  };
  await once(`provider:${shop.locationId}:${url}`, work, { journal, clock, probe }).catch((error: unknown) => {
    if (!isGhlError(error)) throw error;
    console.error(`The payment provider is not set up: ${error.message}`);
  });
}
