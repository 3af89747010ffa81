import type { LocationClient } from "@ghlkit/client";
import { createContacts } from "@ghlkit/crm/contacts";
import { createOpportunities } from "@ghlkit/crm/opportunities";
import { createSteps, StepGivenUp } from "@ghlkit/crm/steps";
import type { Journal } from "@ghlkit/storage";

interface LeadForm {
  readonly email: string;
  readonly phone: string;
  readonly pet: string;
  readonly value: number;
}

export function leadIntake(location: LocationClient, journal: Journal): (id: string, form: LeadForm) => Promise<string> {
  const contacts = createContacts(location, { journal });
  const opportunities = createOpportunities(location, { journal });
  const steps = createSteps<LeadForm>({ name: "lead-form", journal })
    .step(
      "contact",
      async ({ input: { email, phone, pet } }) => {
        const person = await contacts.ensure({ email, phone, fields: { pet_name: pet }, addTags: ["web"] });
        if ("contact" in person) return person.contact.id;
        throw new StepGivenUp(person.outcome === "conflict" ? "e-mail and phone of two people" : "cannot be written");
      },
      { isRepeatable: true },
    )
    .step(
      "deal",
      async ({ input: { value }, results: { contact }, key }) => {
        const deal = await opportunities.ensure({ contactId: contact, pipeline: "Sales", name: "Check-up", value }, { key });
        if ("opportunity" in deal) return deal.opportunity.id;
        if (deal.outcome === "unknown") throw new Error("It is not known yet whether it was made: the next run looks again.");
        throw new StepGivenUp(deal.outcome);
      },
      { isRepeatable: true },
    )
    .step("call", ({ results: { contact } }) => {
      const dueDate = new Date(Date.now() + 86_400_000).toISOString();
      return location.contacts.createTask({ contactId: contact, body: { title: "Call back", dueDate, completed: false } });
    });
  return async (id, form) => (await steps.run(id, form)).outcome;
}
