import { knownOutcome, type Backend } from "@ghlkit/app-kit/server";
import { createContacts, type EnsureResult } from "@ghlkit/crm/contacts";
import { createConversations } from "@ghlkit/crm/conversations";
import { createOpportunities } from "@ghlkit/crm/opportunities";
import { createSteps, StepGivenUp, type StepsDefinition, type StepsEvent } from "@ghlkit/crm/steps";
import { once } from "@ghlkit/resilience";
import { isGhlError } from "@ghlkit/core";
import type { LocationClient } from "ghlkit";
import type { Lead } from "./lead.ts";

/** What is known of a lead after its steps. */
export interface Taken {
  readonly person: { readonly contactId: string; readonly isNew: boolean };
  readonly tag: { readonly tags: readonly string[] };
  readonly deal: { readonly opportunityId: string; readonly isNew: boolean };
  readonly followUp: { readonly workflow?: string; readonly sms: string };
}

export type Intake = StepsDefinition<Lead, Taken>;

/** Contact, tag, opportunity, follow-up: each at most once for one form or line, however often it is tried. */
export function createIntake(
  { location: locationOf, journal, clock }: Backend,
  locationId: string,
  onEvent: (event: StepsEvent) => void,
): Intake {
  const location = locationOf(locationId);
  const contacts = createContacts(location, { journal, clock });
  const opportunities = createOpportunities(location, { journal, clock, leaseMs: 15_000, settleMs: 20_000 });
  const conversations = createConversations(location, { journal, clock });
  const isFirst = async (what: string, run: string): Promise<boolean> => {
    const probe = async (): Promise<{ readonly happened: false }> => ({ happened: false });
    return (await once(what, async () => run, { journal, clock, leaseMs: 1000, probe })).result === run;
  };
  return createSteps<Lead>({ name: `lead-${locationId}`, journal, clock, leaseMs: 15_000, onEvent })
    .step(
      "person",
      async ({ input: { firstName, lastName, email, phone, source, takenAt }, key }) => {
        const known = { firstName, lastName, source, ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
        // What is there of a person stays; an e-mail and a phone of two people are for a person to decide.
        const person = await contacts.ensure(known, { existing: "fill", onConflict: "fail" });
        if (!("contact" in person)) throw new StepGivenUp(whyNot(person));
        const { id, dateAdded } = person.contact;
        // Of a lost answer the contact is left; of several forms at once it is new for one.
        const isFresh = person.outcome === "created" || Date.parse(dateAdded) > takenAt - 60_000;
        return { contactId: id, isNew: isFresh && (await isFirst(`new:${locationId}:${id}`, key)) };
      },
      { isRepeatable: true },
    )
    .step(
      "tag",
      async ({ input, results: { person } }) => {
        const tags = ["lead", input.interest.toLowerCase()];
        await contacts.addTags([person.contactId], tags);
        return { tags };
      },
      { isRepeatable: true },
    )
    .step(
      "deal",
      async ({ input: { interest, firstName, lastName, value, takenAt }, results: { person }, key }) => {
        const { pipelines } = await location.opportunities.listPipelines();
        const pipeline = pipelines[0]?.id;
        if (pipeline === undefined) throw new StepGivenUp("The location has no pipeline: make one in HighLevel.");
        const name = `${interest}: ${firstName} ${lastName}`.trim();
        // The name may be spelled in another way this time; what they asked for distinguishes deals.
        const isSame = (one: { readonly name?: string }): boolean =>
          one.name === `${interest}:` || one.name?.startsWith(`${interest}: `) === true;
        const given = { contactId: person.contactId, pipeline, name, ...(value !== undefined && { value }) };
        // Two forms of a person at once make one, though the list of HighLevel lags.
        const deal = knownOutcome(await opportunities.ensure(given, { statuses: "any", isSame, key: interest }));
        if (deal.outcome === "rejected") throw new StepGivenUp(deal.fields.map(({ field, why }) => `${field}: ${why}`).join(", "));
        const { id, createdAt } = deal.outcome === "conflict" ? deal.existing : deal.opportunity;
        const isFresh = deal.outcome === "created" || Date.parse(createdAt ?? "") > takenAt - 60_000;
        // As of the person: of several forms at once it is new for one, and still is after a lost answer or a crash.
        const isNew = isFresh && (await isFirst(`new-deal:${locationId}:${id}`, key));
        return { opportunityId: id, isNew };
      },
      { isRepeatable: true },
    )
    .step(
      "followUp",
      async ({ input, results: { person, deal }, key }) => {
        const { contactId, isNew } = person;
        const workflow = isNew ? await enrol(location, contactId) : undefined;
        const followUp = workflow === undefined ? {} : { workflow };
        // A new person has a new deal. Two forms of a person at once share one, and one of them is answered.
        if (!deal.isNew || !input.smsConsent || input.phone === undefined) return { ...followUp, sms: "not asked for" };
        const text = `Hi ${input.firstName || "there"}, thanks for asking about ${input.interest}. We will call you within two days.`;
        const sms = await conversations.send({ channel: "sms", to: contactId, text, key });
        knownOutcome(sms);
        return { ...followUp, sms: sms.outcome === "sent" ? "sent" : sms.outcome.replace("_", " ") };
      },
      { isRepeatable: true },
    );
}

/** Puts a person into the first workflow that is published. @returns its name; `undefined` where there is none */
async function enrol(location: LocationClient, contactId: string): Promise<string | undefined> {
  for (const fresh of [false, true]) {
    const { workflows } = await location.with({ fresh }).workflows.list();
    const workflow = workflows.find(({ status }) => status === "published");
    if (workflow === undefined) return undefined;
    try {
      await location.contacts.addToWorkflow({ contactId, workflowId: workflow.id, body: {} });
      return workflow.name;
    } catch (error) {
      // It may have been deleted since the workflows were listed.
      if (fresh || !isGhlError(error, "not_found")) throw error;
    }
  }
  return undefined;
}

function whyNot(result: Exclude<EnsureResult, { readonly contact: unknown }>): string {
  if (result.outcome === "conflict") return "the e-mail belongs to one contact and the phone to another: nothing was changed";
  return result.fields.map(({ field, why }) => `${field}: ${why}`).join(", ");
}
