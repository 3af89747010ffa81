import type { Generation } from "../../contract/contract-source.ts";
import type { Contact } from "../../state/contact.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import type { State } from "../../state/state.ts";
import { fullName } from "../contacts/contact-view.ts";

/** An opportunity as answers show it, with its contact's card. Forecasts belong to the current generation. */
export function opportunityView(opportunity: Opportunity, state: State, generation: Generation): Record<string, unknown> {
  const { customFields, forecastExpectedCloseDate, forecastProbability, contactId, createdBy: _, ...fields } = opportunity;
  const contact = contactId === undefined ? undefined : state.contacts.get(contactId);
  const { createdBy, updatedAt } = opportunity;
  return {
    ...fields,
    isAttribute: false,
    lastActionDate: updatedAt,
    internalSource: { type: "api", channel: createdBy.channel, source: createdBy.source, id: createdBy.sourceId, apiVersion: "v2" },
    ...(contactId !== undefined && { contactId }),
    customFields: customFields.map(({ id, value }) => ({ id, fieldValue: value })),
    ...(contact !== undefined && { contact: contactCard(contact) }),
    ...(generation === "v3" && {
      ...(forecastExpectedCloseDate !== undefined && { forecastExpectedCloseDate }),
      ...(forecastProbability !== undefined && { forecastProbability, effectiveProbability: forecastProbability }),
    }),
  };
}

/** What searches by POST show besides. */
export function searchedFields(opportunity: Opportunity, state: State): Record<string, unknown> {
  const { contactId, forecastProbability = null, assignedTo = null, lostReasonId = null, source = null, pipelineStageId } = opportunity;
  const contact = contactId === undefined ? undefined : state.contacts.get(contactId);
  return {
    assignedTo,
    lostReasonId,
    source,
    forecastProbability,
    effectiveProbability: forecastProbability ?? 100,
    pipelineStageUId: pipelineStageId,
    attributions: [],
    ...(contact !== undefined && { contact: { ...contactCard(contact), ...nullable(contact), score: [] } }),
    relations: contact === undefined ? [] : [contactRelation(opportunity, contact)],
  };
}

/** The contact as a related record: it is the first one. */
function contactRelation({ id, createdAt }: Opportunity, contact: Contact): Record<string, unknown> {
  const name = fullName(contact);
  return {
    associationId: "OPPORTUNITIES_CONTACTS_ASSOCIATION",
    relationId: id,
    primary: true,
    objectKey: "contact",
    recordId: contact.id,
    type: "contact",
    createdAt,
    fullName: name,
    contactName: name,
    ...nullable(contact),
    tags: contact.tags,
    attributed: null,
  };
}

/** What a contact lacks is null in searches. */
function nullable({
  companyName = null,
  email = null,
  phone = null,
}: { [Name in "companyName" | "email" | "phone"]?: string | null }): object {
  return { companyName, email, phone };
}

function contactCard(contact: Contact): Record<string, unknown> {
  const { id, companyName, email, phone, tags, followers } = contact;
  return {
    id,
    name: fullName(contact),
    ...(companyName && { companyName }),
    ...(email && { email }),
    ...(phone && { phone }),
    tags,
    followers,
  };
}
