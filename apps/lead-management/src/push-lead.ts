import type { Contacts, EnsureResult } from "@ghlkit/crm/contacts";
import type { Opportunities } from "@ghlkit/crm/opportunities";
import type { LocationClient } from "ghlkit";
import type { Funnel } from "./funnel.ts";
import type { Lead, Outcome } from "./lead.ts";

export interface PushOptions {
  readonly sendMessages: boolean;
}

/** What pushing leads needs of the location. */
export interface PushTarget {
  readonly client: LocationClient;
  readonly contacts: Contacts;
  readonly opportunities: Opportunities;
  readonly funnel: Funnel;
}

/**
 * Pushes one lead: contact, tag, opportunity, follow-up. Of a contact that was there already nothing is overwritten; it is tagged, and gets no second
 * opportunity for the same interest.
 */
export async function pushLead(target: PushTarget, lead: Lead, options: PushOptions): Promise<Outcome> {
  const { firstName, lastName, source, email, phone } = lead;
  const addTags = ["csv lead", lead.interest];
  const person = await target.contacts.ensure(
    { firstName, lastName, source, email, phone, addTags },
    { existing: "fill", onConflict: "preferEmail" },
  );
  if (!("contact" in person)) return notPushed(lead, whyNot(person));
  const contactId = person.contact.id;
  const isNew = person.outcome === "created";
  const interest = lead.interest || "Lead";
  const { pipelineId, stageId } = target.funnel;
  const deal = await target.opportunities.ensure(
    { contactId, pipeline: pipelineId, stage: stageId, name: `${interest}: ${firstName} ${lastName}`.trim(), value: lead.value },
    // The name of the person may be spelled in another way this time; what they asked for distinguishes opportunities.
    { isNewContact: isNew, statuses: "any", isSame: ({ name }) => name.startsWith(`${interest}: `) },
  );
  if (deal.outcome === "rejected") return notPushed(lead, deal.fields.map(({ field, why }) => `opportunity: ${field} ${why}`).join(", "));
  const opportunityId = deal.outcome === "conflict" ? deal.existing.id : deal.opportunity.id;
  const followUps = isNew ? await followUp(target, lead, contactId, options) : [];
  const taken = person.ignored.filter(({ why }) => why === "taken").map(({ field }) => `the ${field} belongs to another contact`);
  const reason = [...(isNew ? [] : ["the contact existed already"]), ...taken, ...lead.notes].join("; ");
  return { line: lead.line, outcome: isNew ? "created" : "adopted", contactId, opportunityId, followUps, reason };
}

function whyNot(result: Exclude<EnsureResult, { readonly contact: unknown }>): string {
  if (result.outcome === "conflict") return "e-mail and phone belong to other contacts";
  return result.fields.map(({ field, why }) => `${field}: ${why}`).join(", ");
}

function notPushed({ line, notes }: Lead, why: string): Outcome {
  return { line, outcome: "rejected", contactId: undefined, opportunityId: undefined, followUps: [], reason: [why, ...notes].join("; ") };
}

async function followUp({ client, funnel }: PushTarget, lead: Lead, contactId: string, options: PushOptions): Promise<readonly string[]> {
  const started: string[] = [];
  if (funnel.workflow !== undefined) {
    await client.contacts.addToWorkflow({ contactId, workflowId: funnel.workflow.id, body: {} });
    started.push("workflow");
  }
  const dueDate = new Date(Date.now() + 2 * 86_400_000).toISOString();
  await client.contacts.createTask({
    contactId,
    body: { title: `Call ${lead.firstName} ${lead.lastName}`.trim(), dueDate, completed: false },
  });
  started.push("task");
  if (options.sendMessages && lead.smsConsent && lead.phone !== undefined) {
    const message = `Hi ${lead.firstName || "there"}, thanks for asking about ${lead.interest || "us"}. We will call you within two days.`;
    await client.conversations.sendMessage({ body: { type: "SMS", contactId, message } });
    started.push("sms");
  }
  return started;
}
