import { createCollection, type Collection, type Stored } from "./collection.ts";

/** The value of one custom field, as stored. */
export interface CustomFieldValue {
  readonly id: string;
  readonly value: unknown;
}

/** Channel keys are kept in the current generation's case and translated for v2. */
export type DndSettings = Readonly<Record<string, { readonly status: string; readonly message?: string; readonly code?: string }>>;

export interface Contact extends Stored {
  readonly locationId: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  /** Further addresses, in lower case: what a merged contact brought. */
  readonly additionalEmails: readonly string[];
  /** Further numbers in E.164. */
  readonly additionalPhones: readonly string[];
  readonly type: string;
  readonly source?: string;
  readonly companyName?: string;
  readonly assignedTo?: string;
  readonly address1?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly website?: string;
  readonly timezone?: string;
  readonly gender?: string;
  readonly dateOfBirth?: string;
  readonly dnd: boolean;
  readonly dndSettings?: DndSettings;
  readonly inboundDndSettings?: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly followers: readonly string[];
  readonly customFields: readonly CustomFieldValue[];
  readonly businessId?: string;
  readonly campaigns: readonly string[];
  readonly activeWorkflows: readonly string[];
  readonly finishedWorkflows: readonly string[];
  /** When the contact last clicked a link of an e-mail. */
  readonly lastEmailClickedDate?: string;
  readonly dateAdded: string;
  readonly dateUpdated: string;
  readonly createdBy: Maker;
  readonly lastUpdatedBy: Maker;
}

/** Who made or changed a record. */
export interface Maker {
  readonly source: string;
  readonly channel: string;
  /** The app, private integration or user. */
  readonly sourceId: string;
}

/** What identifies a contact within its location. */
export type ContactIdentifier = "email" | "phone";

/** Contacts, found by id and by what identifies them. */
export interface ContactCollection extends Collection<Contact> {
  /** The oldest contact of the location with this e-mail or phone, be it a further one. */
  readonly findBy: (locationId: string, field: ContactIdentifier, value: string) => Contact | undefined;
}

export function createContactCollection(): ContactCollection {
  const contacts = createCollection<Contact>((contact) => contact.locationId);
  const index = new Map<string, Set<string>>();
  const forget = (contact: Contact): void => {
    for (const key of keysOf(contact)) index.get(key)?.delete(contact.id);
  };
  return {
    ...contacts,
    put(contact) {
      const before = contacts.get(contact.id);
      if (before !== undefined) forget(before);
      for (const key of keysOf(contact)) {
        const ids = index.get(key);
        if (ids === undefined) index.set(key, new Set([contact.id]));
        else ids.add(contact.id);
      }
      return contacts.put(contact);
    },
    delete(id) {
      const contact = contacts.get(id);
      if (contact !== undefined) forget(contact);
      return contacts.delete(id);
    },
    findBy(locationId, field, value) {
      const ids = index.get(keyOf(locationId, field, value));
      const first = ids?.values().next().value;
      return first === undefined ? undefined : contacts.get(first);
    },
  };
}

function keysOf({ locationId, email, phone, additionalEmails, additionalPhones }: Contact): readonly string[] {
  const key = (field: ContactIdentifier) => (value: string) => keyOf(locationId, field, value);
  const emails = [...(email ? [email] : []), ...additionalEmails].map(key("email"));
  const phones = [...(phone ? [phone] : []), ...additionalPhones].map(key("phone"));
  return [...emails, ...phones];
}

function keyOf(locationId: string, field: ContactIdentifier, value: string): string {
  return `${locationId} ${field} ${value.toLowerCase()}`;
}
