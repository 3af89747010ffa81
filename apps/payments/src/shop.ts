import { documentsOf, type Backend, type Documents } from "@ghlkit/app-kit/server";
import { createBilling, readInvoice, type Billing, type Invoice } from "@ghlkit/crm/billing";
import { createContacts, type Contacts } from "@ghlkit/crm/contacts";
import { createConversations, type Conversations } from "@ghlkit/crm/conversations";
import { createOpportunities, type Opportunities } from "@ghlkit/crm/opportunities";
import type { LocationClient } from "ghlkit";
import { createTestGateway, type TestGateway } from "./gateway.ts";
import { isUnfinished, type Quote } from "./quote.ts";

/** A payment that a customer began on the page of a quote. */
export interface Attempt {
  readonly id: string;
  readonly invoiceId: string;
  readonly minor: number;
  readonly currency: string;
  readonly startedAt: number;
  /** How it ended; `undefined` while it is open. */
  readonly end?: "recorded" | "refunded" | "declined" | "left" | "flagged";
}

/** The quote that became an invoice. */
interface BilledQuote {
  readonly quoteId: string;
}

/** Something that a person should look at. */
export interface Flag {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

/** The seller's side of a location. */
export interface Shop {
  readonly backend: Backend;
  readonly locationId: string;
  readonly location: LocationClient;
  readonly billing: Billing;
  readonly contacts: Contacts;
  readonly opportunities: Opportunities;
  readonly conversations: Conversations;
  readonly gateway: TestGateway;
  readonly quotes: Documents<Quote>;
  /** By the id of the invoice. */
  readonly invoices: Documents<BilledQuote>;
  readonly attempts: Documents<Attempt>;
  readonly flags: Documents<Flag>;
  /** The customer's private page. */
  readonly pathOf: (quoteId: string) => string;
  readonly isLink: (quoteId: string, signature: string) => boolean;
  readonly flag: (id: string, text: string) => Promise<void>;
  /** Pages read their state again: those of the seller, and that of the customer. */
  readonly changed: (quoteId?: string) => void;
}

export function openShop(backend: Backend, locationId: string): Shop {
  const { journal, clock, sessions, channel } = backend;
  const location = backend.location(locationId);
  // What a process that died has begun is taken over after ten seconds.
  const kept = { journal, clock, leaseMs: 10_000 };
  const signed = (quoteId: string): string => `${locationId}:${quoteId}`;
  const flags = documentsOf<Flag>(backend, locationId, "flag");
  const changed = (quoteId?: string): void => {
    // The name of a page, which its own customer alone knows: nothing else is sent to visitors.
    const page = quoteId === undefined ? "" : pageName(backend, locationId, quoteId);
    for (const topic of [locationId, `public:${locationId}`]) channel.publish(topic, { type: "changed", data: page });
  };
  return {
    backend,
    locationId,
    location,
    billing: createBilling(location, { ...kept, locationId, settleMs: 10_000 }),
    contacts: createContacts(location, { journal, clock }),
    opportunities: createOpportunities(location, { ...kept, settleMs: 20_000 }),
    conversations: createConversations(location, kept),
    gateway: createTestGateway(backend, locationId),
    quotes: documentsOf<Quote>(backend, locationId, "quote", isUnfinished),
    invoices: documentsOf<BilledQuote>(backend, locationId, "invoice"),
    attempts: documentsOf<Attempt>(backend, locationId, "attempt", ({ end }) => end === undefined),
    flags,
    pathOf: (quoteId) => `/q/${locationId}/${quoteId}/${sessions.sign("quote", signed(quoteId))}`,
    isLink: (quoteId, signature) => sessions.isSigned("quote", signed(quoteId), signature),
    async flag(id, text) {
      await flags.add(id, { id, text, at: clock.now() });
      changed();
    },
    changed,
  };
}

export function pageName({ sessions }: Pick<Backend, "sessions">, locationId: string, quoteId: string): string {
  return sessions.sign("page", `${locationId}:${quoteId}`);
}

/** An invoice as HighLevel has it now. */
export async function freshInvoice({ location }: Shop, invoiceId: string): Promise<Invoice> {
  return readInvoice(await location.invoices.get({ invoiceId }, { fresh: true }));
}

/** Nothing more is tried for a quote, and the seller sees why. */
export async function refuseQuote(shop: Shop, quoteId: string, reason: string): Promise<void> {
  await shop.quotes.change(quoteId, { refused: reason });
  await shop.flag(`quote:${quoteId}`, `Quote ${quoteId.slice(0, 6)} does not go on: ${reason}`);
}
