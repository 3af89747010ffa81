import type { CreateContact, UpdateContact, UpsertContact } from "@ghlkit/contract/types/contacts";
import { isGhlError, type GhlErrorOf } from "@ghlkit/core";
import type { RejectedField } from "./ensure-result.ts";
import type { ContactIdentifier } from "../location/location-settings.ts";
import type { Contact, ContactsClient } from "./contacts-client.ts";

/** What the platform did with a write. */
export type Written =
  | { readonly contact: Contact }
  /** Refused: this contact is in the way. */
  | { readonly existingId: string | undefined; readonly matchingField: string | undefined };

/** The platform refused what was sent of a person; nothing of it was written. Caught within this package. */
export class PersonRefused extends Error {
  readonly fields: readonly RejectedField[];

  constructor(cause: GhlErrorOf<"validation">) {
    super(cause.message, { cause });
    this.fields = cause.fields.map(({ field, message }) => ({ field, why: "refused", message }));
  }
}

/** The calls that ensuring a person makes, counted. */
export interface ContactsCalls {
  /** So far. */
  readonly count: () => number;
  readonly create: (body: CreateContact) => Promise<Written>;
  readonly update: (contactId: string, body: UpdateContact) => Promise<Written>;
  readonly upsert: (body: UpsertContact) => Promise<{ readonly contact: Contact; readonly isNew: boolean }>;
  /** `undefined` for one that is not there any more. */
  readonly get: (contactId: string) => Promise<Contact | undefined>;
  readonly findDuplicate: (identifiers: Readonly<Partial<Record<ContactIdentifier, string | undefined>>>) => Promise<Contact | undefined>;
  /** Id of a contact, through the search, whose index lags up to ten seconds behind writes. */
  readonly search: (identifier: ContactIdentifier, value: string) => Promise<string | undefined>;
  /** All tags afterwards. */
  readonly addTags: (contactId: string, tags: readonly string[]) => Promise<readonly string[]>;
  readonly removeTags: (contactId: string, tags: readonly string[]) => Promise<readonly string[]>;
}

/** Calls of one `ensure`. */
export function contactsCalls({ contacts }: ContactsClient): ContactsCalls {
  let count = 0;
  const counted = <Result>(call: Promise<Result>): Promise<Result> => {
    count += 1;
    return call;
  };
  return {
    count: () => count,
    create: (body) => written(counted(contacts.create({ body }))),
    update: (contactId, body) => written(counted(contacts.update({ contactId, body }))),
    upsert: async (body) => {
      const answer = await counted(contacts.upsert({ body })).catch(refused);
      return { contact: answer.contact, isNew: answer.new };
    },
    get: async (contactId) => {
      try {
        // A cache of the client must not answer with what was there before a write.
        return (await counted(contacts.get({ contactId }, { fresh: true }))).contact;
      } catch (error) {
        if (isGhlError(error, "not_found")) return undefined;
        throw error;
      }
    },
    findDuplicate: async ({ email, phone }) => {
      const input = { ...(email !== undefined && { email }), ...(phone !== undefined && { number: phone }) };
      return (await counted(contacts.findDuplicate(input, { fresh: true }))).contact ?? undefined;
    },
    search: async (identifier, value) => {
      const filters = [{ field: identifier, operator: "eq" as const, value }];
      return (await counted(contacts.search({ body: { pageLimit: 1, filters } }, { fresh: true }))).contacts[0]?.id;
    },
    addTags: async (contactId, tags) => (await counted(contacts.addTags({ contactId, body: { tags: [...tags] } }))).tags,
    removeTags: async (contactId, tags) => (await counted(contacts.removeTags({ contactId, body: { tags: [...tags] } }))).tags,
  };
}

async function written(call: Promise<{ readonly contact: Contact }>): Promise<Written> {
  try {
    return { contact: (await call).contact };
  } catch (error) {
    if (isGhlError(error, "duplicate")) return { existingId: error.existingId, matchingField: error.matchingField };
    return refused(error);
  }
}

function refused(error: unknown): never {
  throw isGhlError(error, "validation") ? new PersonRefused(error) : error;
}
