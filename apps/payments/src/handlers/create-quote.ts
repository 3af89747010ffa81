import { knownOutcome, Refusal, type Action } from "@ghlkit/app-kit/server";
import { wireMoney } from "@ghlkit/crm/billing";
import { createSteps, StepGivenUp, type StepsDefinition } from "@ghlkit/crm/steps";
import { linesOf, readQuote, totalsOf, type Quote } from "../quote.ts";
import { refuseQuote, type Shop } from "../shop.ts";

interface Offered {
  readonly person: string;
  readonly deal: string;
  readonly estimate: string;
  readonly mail: string;
}

export type Offer = StepsDefinition<Quote, Offered>;

/** Contact → opportunity → estimate → e-mail with the private link: each once for one form. */
export function createOffer(
  { backend, locationId, location, billing, contacts, opportunities, conversations, pathOf }: Shop,
  url: () => string,
): Offer {
  const { journal, clock } = backend;
  const nameOf = ({ id }: Quote): string => `Quote ${id}`;
  return createSteps<Quote>({ name: `quote-${locationId}`, journal, clock, leaseMs: 10_000 })
    .step(
      "person",
      async ({ input: { name, email } }) => {
        const person = await contacts.ensure({ name, email, addTags: ["quote"] }, { existing: "fill" });
        if (!("contact" in person)) throw new StepGivenUp("HighLevel does not take this name and e-mail address.");
        return person.contact.id;
      },
      { isRepeatable: true },
    )
    .step(
      "deal",
      async ({ input, results: { person } }) => {
        const { pipelines } = await location.opportunities.listPipelines();
        const pipeline = pipelines[0]?.id;
        if (pipeline === undefined) throw new StepGivenUp("The location has no pipeline: make one in HighLevel.");
        const name = nameOf(input);
        const value = wireMoney("invoice.amounts", totalsOf(input).total);
        const isSame = (one: { readonly name?: string }): boolean => one.name === name;
        // The list of HighLevel lags: what is not in it yet may be there all the same.
        const deal = knownOutcome(
          await opportunities.ensure({ contactId: person, pipeline, name, value }, { statuses: "any", isSame, key: input.id }),
        );
        if (deal.outcome === "rejected") throw new StepGivenUp(deal.fields.map(({ field, why }) => `${field}: ${why}`).join(", "));
        return (deal.outcome === "conflict" ? deal.existing : deal.opportunity).id;
      },
      { isRepeatable: true },
    )
    .step(
      "estimate",
      async ({ input, results: { person } }) => {
        const { location: at } = await location.locations.get();
        const { id: key, name, email, currency, discountPercent, createdAt, validUntil } = input;
        const made = knownOutcome(
          await billing.createEstimate({
            key,
            name: nameOf(input),
            currency,
            lines: linesOf(input),
            discount: { percent: discountPercent },
            contact: { id: person, name, email },
            business: { name: at?.name ?? "" },
            issueDate: dateOf(createdAt),
            expiryDate: dateOf(validUntil),
            isLive: false,
          }),
        );
        if (made.outcome === "refused") throw new StepGivenUp(made.message);
        return made.estimate.id;
      },
      { isRepeatable: true },
    )
    .step(
      "mail",
      async ({ input, results: { person }, key }) => {
        const html = `<p>Hello ${escape(input.name)},</p><p>here is your quote: <a href="${url()}${pathOf(input.id)}">${nameOf(input)}</a>.</p>`;
        return knownOutcome(await conversations.send({ channel: "email", to: person, subject: nameOf(input), html, key })).outcome;
      },
      { isRepeatable: true },
    );
}

/** Keeps the quote before the first call, so that an outage delays it and loses nothing. */
export async function createQuote(shop: Shop, offer: Offer, { body, key }: Action): Promise<object> {
  const id = (key.split(":").at(-1) ?? "").replaceAll("-", "").slice(0, 12).toUpperCase();
  const quote = await shop.quotes.add(id, readQuote(body, id, shop.backend.clock.now()));
  await offer.accept(id, quote);
  await carryOut(shop, offer, id, quote);
  return { id };
}

/** @throws the error of an outage: the quote is there, and what is left is done later */
export async function carryOut(shop: Shop, offer: Offer, id: string, quote: Quote): Promise<void> {
  const run = await offer.run(id, quote);
  if (run.outcome === "gave_up") {
    await refuseQuote(shop, id, run.reason);
    throw new Refusal(run.reason);
  }
  if (run.outcome !== "done") return;
  const { person, deal, estimate } = run.results;
  await shop.quotes.change(id, { contactId: person, opportunityId: deal, estimateId: estimate });
  shop.changed(id);
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
