import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryJournal } from "@ghlkit/storage";
import {
  createContacts,
  type CarefulPolicy,
  type Contact,
  type Contacts,
  type ContactsOptions,
  type EnsureResult,
  type Person,
} from "../../src/contacts/index.ts";
import { locationOnEmulator, type LocationOnEmulator } from "../location-on-emulator.ts";

export interface CarefulEnsure extends LocationOnEmulator {
  readonly clock: ManualClock;
  readonly contacts: Contacts;
  readonly ensure: (person: Person, policy?: CarefulPolicy) => Promise<EnsureResult>;
  /** Creates a contact beside the helper. */
  readonly contact: (body: { email?: string; phone?: string; firstName?: string; tags?: string[] }) => Promise<string>;
  readonly read: (contactId: string) => Promise<Contact>;
}

/** Contacts of one location under a careful policy. What is prepared or read beside them does not count as called. */
export function setUp(setting: LocationOnEmulator = locationOnEmulator(), options: ContactsOptions = {}): CarefulEnsure {
  const clock = createManualClock();
  const contacts = createContacts(setting.location, { journal: createMemoryJournal({ clock }), clock, ...options });
  return {
    ...setting,
    clock,
    contacts,
    ensure: (person, policy) => contacts.ensure(person, policy),
    contact: async (body) => {
      const { id } = (await setting.location.contacts.create({ body })).contact;
      setting.called();
      return id;
    },
    read: async (contactId) => {
      const found = (await setting.location.contacts.get({ contactId })).contact;
      setting.called();
      return found;
    },
  };
}

export const ada = { email: "Ada@Example.com ", phone: "(202) 555-0143", firstName: "Ada" };
