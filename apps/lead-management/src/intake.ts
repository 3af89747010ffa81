import type { Backend } from "@ghlkit/app-kit/server";
import { createContacts, type EnsureResult } from "@ghlkit/crm/contacts";
import { createConversations } from "@ghlkit/crm/conversations";
import { createOpportunities } from "@ghlkit/crm/opportunities";
import { createSteps, StepGivenUp, type StepsDefinition, type StepsEvent } from "@ghlkit/crm/steps";
import type { Lead } from "./lead.ts";

/** What is known of a lead after its steps. */
export interface Taken {
  readonly person: { readonly contactId: string; readonly isNew: boolean };
  readonly tag: { readonly tags: readonly string[] };
  readonly deal: { readonly opportunityId: string; readonly isNew: boolean };
  readonly followUp: { readonly workflow: string | undefined; readonly sms: string };
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
  const opportunities = createOpportunities(location, { clock });
  const conversations = createConversations(location, { journal, clock });
  return createSteps<Lead>({ name: `lead-${locationId}`, journal, clock, leaseMs: 15_000, onEvent })
    .step(
      "person",
      async ({ input: { firstName, lastName, email, phone, source } }) => {
        const known = { firstName, lastName, source, ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
        // What is there of a person stays; an e-mail and a phone of two people are for a person to decide.
        const person = await contacts.ensure(known, { existing: "fill", onConflict: "fail" });
        if (!("contact" in person)) throw new StepGivenUp(whyNot(person));
        return { contactId: person.contact.id, isNew: person.outcome === "created" };
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
      async ({ input: { interest, firstName, lastName, value }, results: { person } }) => {
        const { pipelines } = await location.opportunities.listPipelines();
        const pipeline = pipelines[0]?.id;
        if (pipeline === undefined) throw new StepGivenUp("The location has no pipeline: make one in HighLevel.");
        const deal = await opportunities.ensure(
          {
            contactId: person.contactId,
            pipeline,
            name: `${interest}: ${firstName} ${lastName}`.trim(),
            ...(value !== undefined && { value }),
          },
          // The name may be spelled in another way this time; what they asked for distinguishes deals.
          { isNewContact: person.isNew, statuses: "any", isSame: ({ name }) => name.startsWith(`${interest}: `) },
        );
        if (deal.outcome === "rejected") throw new StepGivenUp(deal.fields.map(({ field, why }) => `${field}: ${why}`).join(", "));
        const { id } = deal.outcome === "conflict" ? deal.existing : deal.opportunity;
        return { opportunityId: id, isNew: deal.outcome === "created" };
      },
      { isRepeatable: true },
    )
    .step(
      "followUp",
      async ({ input, results: { person }, key }) => {
        const { contactId, isNew } = person;
        const { workflows } = await location.workflows.list();
        const workflow = workflows.find(({ status }) => status === "published");
        if (isNew && workflow?.id !== undefined) await location.contacts.addToWorkflow({ contactId, workflowId: workflow.id, body: {} });
        if (!isNew || !input.smsConsent || input.phone === undefined) return { workflow: workflow?.name, sms: "not asked for" };
        const text = `Hi ${input.firstName || "there"}, thanks for asking about ${input.interest}. We will call you within two days.`;
        const sms = await conversations.send({ channel: "sms", to: contactId, text, key });
        return { workflow: workflow?.name, sms: sms.outcome === "sent" ? "sent" : sms.outcome.replace("_", " ") };
      },
      { isRepeatable: true },
    );
}

function whyNot(result: Exclude<EnsureResult, { readonly contact: unknown }>): string {
  if (result.outcome === "conflict") return "the e-mail belongs to one contact and the phone to another: nothing was changed";
  return result.fields.map(({ field, why }) => `${field}: ${why}`).join(", ");
}
