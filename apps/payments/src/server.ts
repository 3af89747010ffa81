import {
  createApp,
  openBackend,
  prepareDocuments,
  perLocation,
  readSettings,
  resumeRuns,
  tryEach,
  serveApp,
  type Action,
  type Backend,
  type Environment,
  type Served,
} from "@ghlkit/app-kit/server";
import type { Clock } from "@ghlkit/core";
import { acceptQuote, askRenewal, carryOutAcceptance, createAcceptance, renewQuote, type Acceptance } from "./handlers/answer-quote.ts";
import { carryOut, createOffer, createQuote, type Offer } from "./handlers/create-quote.ts";
import { editInvoice, voidInvoice } from "./handlers/edit-invoice.ts";
import { checkPayment, settleOpenAttempt, startPayment } from "./handlers/pay.ts";
import { connectProvider, mountProvider, publicKeyOf } from "./provider.ts";
import { createPaid, settleInvoice, type Paid } from "./settle.ts";
import { openShop, type Shop } from "./shop.ts";
import { customerState, sellerState } from "./view.ts";

export const scopes = [
  "contacts.readonly",
  "contacts.write",
  "opportunities.readonly",
  "opportunities.write",
  "invoices.readonly",
  "invoices.write",
  "invoices/estimate.readonly",
  "invoices/estimate.write",
  "payments/transactions.readonly",
  "payments/custom-provider.readonly",
  "payments/custom-provider.write",
  "conversations.readonly",
  "conversations/message.readonly",
  "conversations/message.write",
  "users.readonly",
  "locations.readonly",
  "locations/customFields.readonly",
];

/** A running application. */
export interface Payments {
  readonly served: Served;
  readonly backend: Backend;
  readonly shop: (locationId: string) => Shop;
  /** Does what was left: after a crash, an outage, or a page that never came back. */
  readonly resume: () => Promise<void>;
}

/** What a location's shop does in steps. */
interface Desk {
  readonly shop: Shop;
  readonly offer: Offer;
  readonly acceptance: Acceptance;
  readonly paid: Paid;
}

/** Quotes that become invoices, and are paid. */
export async function startPayments(env: Environment, clock?: Clock): Promise<Payments> {
  let url = "";
  const backend = await openBackend(readSettings("payments", env, 3004), {
    kinds: ["invoices", "transactions"],
    ...(clock !== undefined && { clock }),
    onChange: ({ locationId, kind, id }) => {
      const { shop, paid } = desk(locationId);
      if (kind === "invoices") return settleInvoice(shop, paid, id);
      return shop.changed();
    },
  });
  await prepareDocuments(backend);
  const desk = perLocation<Desk>((locationId) => {
    const shop = openShop(backend, locationId);
    return { shop, offer: createOffer(shop, () => url), acceptance: createAcceptance(shop), paid: createPaid(shop, () => url) };
  });
  const deskOf = (action: Action): Desk => desk(action.session.locationId);
  const app = createApp(backend, { title: "Payments", scopes });
  await app.page("/", {
    title: "Payments",
    script: new URL("page/seller.tsx", import.meta.url),
    access: "staff",
    state: ({ locationId }, { id }) => sellerState(desk(locationId).shop, id),
  });
  await app.page("/q/:location/:quote/:signature", {
    title: "Your quote",
    script: new URL("page/customer.tsx", import.meta.url),
    access: "public",
    state: ({ locationId }, params) => customerState(desk(locationId).shop, params),
  });
  await app.page("/pay-frame/:location", {
    title: "Payment",
    script: new URL("page/frame.tsx", import.meta.url),
    access: "public",
    isFramed: true,
    state: async ({ locationId }) => ({ locationId }),
  });
  mountProvider(app, (locationId) => (backend.locations().includes(locationId) ? desk(locationId).shop : undefined));
  app.action("/quotes", "staff", (action) => createQuote(deskOf(action).shop, deskOf(action).offer, action));
  app.action("/quotes/renew", "staff", (action) => renewQuote(deskOf(action).shop, action));
  app.action("/invoices/edit", "staff", (action) => editInvoice(deskOf(action).shop, action));
  app.action("/invoices/void", "staff", (action) => voidInvoice(deskOf(action).shop, action));
  app.action("/q/accept", "public", (action) => acceptQuote(deskOf(action).shop, deskOf(action).acceptance, action));
  app.action("/q/renew", "public", (action) => askRenewal(deskOf(action).shop, action));
  app.action("/q/pay", "public", async (action) => {
    const { shop } = deskOf(action);
    return { ...(await startPayment(shop, action)), publishableKey: publicKeyOf(shop) };
  });
  app.action("/q/check", "public", (action) => checkPayment(deskOf(action).shop, deskOf(action).paid, action), { isAmendable: true });
  const served = await serveApp(app, backend);
  ({ url } = served);
  const resume = async (): Promise<void> => {
    for (const locationId of backend.locations()) await resumeDesk(desk(locationId), url);
  };
  backend.every(5000, resume);
  return { served, backend, shop: (locationId) => desk(locationId).shop, resume };
}

/** Each by itself: one that HighLevel refuses stops no payment of another. */
async function resumeDesk({ shop, offer, acceptance, paid }: Desk, url: string): Promise<void> {
  await tryEach([url], (at) => connectProvider(shop, at));
  await tryEach(await shop.quotes.open(), (quote) =>
    quote.estimateId === undefined ? carryOut(shop, offer, quote.id, quote) : carryOutAcceptance(shop, acceptance, quote),
  );
  await tryEach(await shop.attempts.open(), (attempt) => settleOpenAttempt(shop, paid, attempt));
  await resumeRuns(paid.resume(), ({ outcome }) => outcome === "done" && shop.changed());
}
