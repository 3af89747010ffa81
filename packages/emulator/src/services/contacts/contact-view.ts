import type { Generation } from "../../contract/contract-source.ts";
import type { Contact } from "../../state/contact.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import { writeDndSettings } from "./dnd-settings.ts";

/** First and last name, or what there is of them. */
export function fullName({ firstName, lastName }: Contact): string {
  return [firstName, lastName].filter(Boolean).join(" ");
}

/** A contact as reads of one contact show it. */
export function contactView(contact: Contact, generation: Generation): Record<string, unknown> {
  const {
    campaigns: _campaigns,
    activeWorkflows: _active,
    finishedWorkflows: _finished,
    lastEmailClickedDate: _clicked,
    dndSettings,
    ...fields
  } = contact;
  const { additionalEmails, additionalPhones, createdBy, lastUpdatedBy } = contact;
  const name = fullName(contact);
  const view: Record<string, unknown> = {
    ...fields,
    additionalEmails: additionalEmails.map((email) => ({ email })),
    additionalPhones: additionalPhones.map((phone) => ({ phone })),
    createdBy: { ...createdBy, timestamp: contact.dateAdded },
    lastUpdatedBy: { ...lastUpdatedBy, timestamp: contact.dateUpdated },
  };
  if (name !== "") {
    if (generation === "v3") view["name"] = name;
    view["fullNameLowerCase"] = name.toLowerCase();
  }
  if (contact.firstName) view["firstNameLowerCase"] = contact.firstName.toLowerCase();
  if (contact.lastName) view["lastNameLowerCase"] = contact.lastName.toLowerCase();
  if (contact.email) view["emailLowerCase"] = contact.email.toLowerCase();
  if (dndSettings) view["dndSettings"] = writeDndSettings(dndSettings, generation);
  return view;
}

/** A contact as its creation shows it: with what the platform keeps of its mailbox. */
export function createdContactView(contact: Contact, generation: Generation): Record<string, unknown> {
  return {
    ...contactView(contact, generation),
    deleted: false,
    bounceEmail: false,
    unsubscribeEmail: false,
    validEmail: null,
    validEmailDate: null,
    lastSessionActivityAt: contact.dateAdded,
  };
}

/** A contact as searches and lists show it, with the opportunities it is part of. */
export function contactListItem(contact: Contact, generation: Generation, opportunities: readonly Opportunity[]): Record<string, unknown> {
  const name = fullName(contact);
  return {
    id: contact.id,
    locationId: contact.locationId,
    contactName: name.toLowerCase(),
    firstName: contact.firstName ?? null,
    lastName: contact.lastName ?? null,
    firstNameLowerCase: contact.firstName?.toLowerCase() ?? null,
    lastNameLowerCase: contact.lastName?.toLowerCase() ?? null,
    companyName: contact.companyName ?? null,
    businessName: contact.companyName ?? null,
    email: contact.email ?? null,
    validEmail: null,
    phone: contact.phone ?? null,
    phoneLabel: null,
    dnd: contact.dnd,
    dndSettings: writeDndSettings(contact.dndSettings ?? {}, generation),
    inboundDndSettings: contact.inboundDndSettings ?? {},
    type: contact.type,
    source: contact.source ?? null,
    assignedTo: contact.assignedTo ?? null,
    address: contact.address1 ?? null,
    city: contact.city ?? null,
    state: contact.state ?? null,
    postalCode: contact.postalCode ?? null,
    country: contact.country ?? null,
    website: contact.website ?? null,
    timezone: contact.timezone ?? null,
    dateOfBirth: contact.dateOfBirth ?? null,
    dateAdded: contact.dateAdded,
    dateUpdated: contact.dateUpdated,
    tags: contact.tags,
    followers: contact.followers,
    customFields: contact.customFields,
    businessId: contact.businessId ?? null,
    additionalEmails: contact.additionalEmails.map((email) => ({ email })),
    additionalPhones: contact.additionalPhones.map((phone) => ({ phone })),
    attributionSource: {},
    lastAttributionSource: {},
    opportunities: opportunities.map(({ id, pipelineId, pipelineStageId, monetaryValue, status }) => ({
      id,
      pipelineId,
      pipelineStageId,
      monetaryValue,
      status,
    })),
  };
}
