import type { LocationClient } from "ghlkit";
import { ensureContact } from "./ensure-contact.ts";
import type { Funnel } from "./funnel.ts";
import type { Lead, Outcome } from "./lead.ts";

export interface PushOptions {
  readonly sendMessages: boolean;
}

/**
 * Pushes one lead: contact, tag, opportunity, follow-up. A contact that was there already is tagged, and gets no second
 * opportunity for the same interest.
 */
export async function pushLead(client: LocationClient, funnel: Funnel, lead: Lead, options: PushOptions): Promise<Outcome> {
  const { contactId, isNew } = await ensureContact(client, lead);
  await client.contacts.addTags({ contactId, body: { tags: ["csv lead", lead.interest].filter((tag) => tag !== "") } });
  const opportunityId = await ensureOpportunity(client, funnel, lead, contactId, isNew);
  const followUps = isNew ? await followUp(client, funnel, lead, contactId, options) : [];
  const reason = [...(isNew ? [] : ["the contact existed already"]), ...lead.notes].join("; ");
  return { line: lead.line, outcome: isNew ? "created" : "adopted", contactId, opportunityId, followUps, reason };
}

async function ensureOpportunity(client: LocationClient, funnel: Funnel, lead: Lead, contactId: string, isNew: boolean): Promise<string> {
  const interest = lead.interest || "Lead";
  if (!isNew) {
    // The name of the person may be spelled in another way this time; what they asked for distinguishes opportunities.
    for await (const known of client.opportunities.search({ contactId, pipelineId: funnel.pipelineId }))
      if (known.name.startsWith(`${interest}: `)) return known.id;
  }
  const { opportunity } = await client.opportunities.create({
    body: {
      pipelineId: funnel.pipelineId,
      pipelineStageId: funnel.stageId,
      name: `${interest}: ${lead.firstName} ${lead.lastName}`.trim(),
      status: "open",
      contactId,
      ...(lead.value === undefined ? {} : { monetaryValue: lead.value }),
    },
  });
  return opportunity.id;
}

async function followUp(
  client: LocationClient,
  funnel: Funnel,
  lead: Lead,
  contactId: string,
  options: PushOptions,
): Promise<readonly string[]> {
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
