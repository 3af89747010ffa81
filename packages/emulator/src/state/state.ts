import type { Appointment, Note, Task } from "./activity.ts";
import type { Business } from "./business.ts";
import type { Calendar } from "./calendar.ts";
import type { Campaign } from "./campaign.ts";
import type { Workflow } from "./workflow.ts";
import { createCollection, type Collection } from "./collection.ts";
import { createContactCollection, type ContactCollection } from "./contact.ts";
import { createConversationCollection, type ConversationCollection, type EmailReference, type Message } from "./conversation.ts";
import type { CustomField, CustomValue, Location, Tag } from "./location.ts";
import type { LostReason, Opportunity, Pipeline } from "./opportunity.ts";
import { createRecordCollection, type ResourceRecord } from "./resource-record.ts";
import type { StoredFile } from "./stored-file.ts";
import type { User } from "./user.ts";

/** Everything the emulated platform remembers. The comment says what the groups are. */
export interface State {
  /** By company. */
  readonly locations: Collection<Location>;
  /** By company. */
  readonly users: Collection<User>;
  /** By location, as all that follow unless said otherwise. */
  readonly contacts: ContactCollection;
  /** By contact. */
  readonly notes: Collection<Note>;
  /** By contact. */
  readonly tasks: Collection<Task>;
  readonly tags: Collection<Tag>;
  readonly customFields: Collection<CustomField>;
  readonly customValues: Collection<CustomValue>;
  readonly pipelines: Collection<Pipeline>;
  readonly opportunities: Collection<Opportunity>;
  readonly lostReasons: Collection<LostReason>;
  readonly conversations: ConversationCollection;
  /** By conversation. */
  readonly messages: Collection<Message>;
  readonly emails: Collection<EmailReference>;
  readonly workflows: Collection<Workflow>;
  readonly campaigns: Collection<Campaign>;
  readonly calendars: Collection<Calendar>;
  readonly appointments: Collection<Appointment>;
  readonly businesses: Collection<Business>;
  readonly files: Collection<StoredFile>;
  /** Everything that has no collection of its own; by resource, tenant and parents. */
  readonly records: Collection<ResourceRecord>;
}

export function createState(): State {
  const byLocation = (record: { readonly locationId: string }): string => record.locationId;
  const byCompany = (record: { readonly companyId: string }): string => record.companyId;
  const byContact = (record: { readonly contactId: string }): string => record.contactId;
  return {
    locations: createCollection<Location>(byCompany),
    users: createCollection<User>(byCompany),
    contacts: createContactCollection(),
    notes: createCollection<Note>(byContact),
    tasks: createCollection<Task>(byContact),
    tags: createCollection<Tag>(byLocation),
    customFields: createCollection<CustomField>(byLocation),
    customValues: createCollection<CustomValue>(byLocation),
    pipelines: createCollection<Pipeline>(byLocation),
    opportunities: createCollection<Opportunity>(byLocation),
    lostReasons: createCollection<LostReason>(byLocation),
    conversations: createConversationCollection(),
    messages: createCollection<Message>((message) => message.conversationId),
    emails: createCollection<EmailReference>(byLocation),
    workflows: createCollection<Workflow>(byLocation),
    campaigns: createCollection<Campaign>(byLocation),
    calendars: createCollection<Calendar>(byLocation),
    appointments: createCollection<Appointment>(byLocation),
    businesses: createCollection<Business>(byLocation),
    files: createCollection<StoredFile>(byLocation),
    records: createRecordCollection(),
  };
}
