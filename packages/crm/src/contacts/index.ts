// Contacts of a location
export { createContacts, type Contacts, type ContactsOptions } from "./create-contacts.ts";
export type { Contact, ContactsClient } from "./contacts-client.ts";

// People
export type { Person, PersonWithoutTags, StandardField } from "./person.ts";
export type { CarefulPolicy, ContactMatch, EnsurePolicy, OneCallPolicy } from "./ensure-policy.ts";
export type {
  CheckedPerson,
  EnsureConflict,
  Ensured,
  EnsureRejected,
  EnsureResult,
  IgnoredField,
  OverwrittenField,
  RejectedField,
} from "./ensure-result.ts";
export { journalExternalIds, type ExternalIds } from "./external-ids.ts";

// Identifiers and tags as the platform keeps them
export { contactEmail } from "./contact-email.ts";
export { contactPhone } from "./contact-phone.ts";
export { contactTag, contactTags } from "./contact-tags.ts";
export type { ChangedTags, TagsResult } from "./change-tags.ts";

// What happened with a contact
export { timeline, type TimelineClient, type TimelineOptions } from "./timeline.ts";
export type { TimelineEntry, TimelineKind } from "./timeline-entry.ts";
