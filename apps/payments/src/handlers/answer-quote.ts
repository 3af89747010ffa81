import { knownOutcome, Refusal, textIn, type Action } from "@ghlkit/app-kit/server";
import { createSteps, StepGivenUp, type StepsDefinition } from "@ghlkit/crm/steps";
import { day, type Quote } from "../quote.ts";
import { refuseQuote, type Shop } from "../shop.ts";

export type Acceptance = StepsDefinition<{ readonly estimateId: string }, { readonly invoice: string; readonly request: string }>;

/** What an acceptance sets off: the estimate becomes an invoice, and the invoice is sent. Once, from however many tabs. */
export function createAcceptance({ backend, locationId, location, billing }: Shop): Acceptance {
  const { journal, clock } = backend;
  return createSteps<{ readonly estimateId: string }>({ name: `accept-${locationId}`, journal, clock, leaseMs: 10_000 })
    .step(
      "invoice",
      async ({ input: { estimateId } }) => {
        const made = knownOutcome(await billing.createFromEstimate({ estimateId }));
        if (made.outcome === "refused") throw new StepGivenUp(made.message);
        return made.invoice.id;
      },
      { isRepeatable: true },
    )
    .step(
      "request",
      async ({ results: { invoice } }) => {
        const userId = await senderOf(location);
        const sent = knownOutcome(await billing.sendInvoice({ invoiceId: invoice, userId, by: "email", key: "accepted", isLive: false }));
        if (sent.outcome === "refused") throw new StepGivenUp(sent.message);
        return sent.outcome;
      },
      { isRepeatable: true },
    );
}

/** The platform wants a user of the location as the sender. */
async function senderOf(location: Shop["location"]): Promise<string> {
  const { location: at } = await location.locations.get();
  for await (const { id } of location.users.search({ companyId: at?.companyId ?? "" })) if (id !== undefined) return id;
  throw new StepGivenUp("The location has no user who could send an invoice.");
}

/** The quote that a private link is for. @throws Refusal for a link that is none */
export async function quoteOf(shop: Shop, body: Readonly<Record<string, unknown>>): Promise<Quote> {
  const id = textIn(body, "quote", { needed: true });
  const quote = shop.isLink(id, textIn(body, "signature", { needed: true })) ? await shop.quotes.get(id) : undefined;
  if (quote === undefined) throw new Refusal("This link is not valid. Ask for a new one.");
  return quote;
}

export async function acceptQuote(shop: Shop, acceptance: Acceptance, { body }: Pick<Action, "body">): Promise<object> {
  const quote = await quoteOf(shop, body);
  if (quote.invoiceId !== undefined) return { outcome: "accepted" };
  if (quote.estimateId === undefined) throw new Refusal("The quote is not complete yet. Try again in a minute.");
  const now = shop.backend.clock.now();
  // An acceptance that was begun in time is carried out.
  if (quote.acceptedAt === undefined && now > quote.validUntil) throw new Refusal("This quote has expired: ask for a new one.");
  if (quote.acceptedAt === undefined) await shop.quotes.change(quote.id, { acceptedAt: now });
  await carryOutAcceptance(shop, acceptance, quote);
  return { outcome: "accepted" };
}

export async function carryOutAcceptance(shop: Shop, acceptance: Acceptance, { id, estimateId = "" }: Quote): Promise<void> {
  const run = await acceptance.run(id, { estimateId });
  if (run.outcome === "gave_up") {
    await refuseQuote(shop, id, run.reason);
    throw new Refusal(run.reason);
  }
  if (run.outcome === "done") {
    await shop.invoices.add(run.results.invoice, { quoteId: id });
    await shop.quotes.change(id, { invoiceId: run.results.invoice });
  }
  shop.changed(id);
}

/** The customer asks for an expired quote again. */
export async function askRenewal(shop: Shop, { body }: Action): Promise<object> {
  const quote = await quoteOf(shop, body);
  if ((quote.renewalAskedAt ?? 0) === 0) await shop.quotes.change(quote.id, { renewalAskedAt: shop.backend.clock.now() });
  shop.changed(quote.id);
  return {};
}

/** The seller offers it for two more weeks. */
export async function renewQuote(shop: Shop, { body }: Action): Promise<object> {
  const id = textIn(body, "id", { needed: true });
  const { renewalAskedAt: _, ...quote } = (await shop.quotes.get(id)) ?? missing();
  await shop.quotes.change(id, { ...quote, validUntil: shop.backend.clock.now() + 14 * day, renewalAskedAt: 0 });
  shop.changed(id);
  return {};
}

function missing(): never {
  throw new Refusal("There is no such quote.");
}
