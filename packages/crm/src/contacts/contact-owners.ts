import type { ContactIdentifier, LocationSettings } from "../location/location-settings.ts";
import type { RecentIds } from "../location/recent-ids.ts";
import type { ContactsCalls, Written } from "./contacts-calls.ts";
import type { Contact } from "./contacts-client.ts";
import { hasIdentifier } from "./contact-value.ts";
import type { ContactMatch } from "./ensure-policy.ts";
import type { NormalisedPerson } from "./normalise-person.ts";

/** The contacts that a person's identifiers belong to. */
export type ContactOwners = Partial<Record<ContactMatch, Contact>>;

/** What a look-up needs. */
export interface Lookup {
  readonly calls: ContactsCalls;
  /** `undefined` when they may not be read. */
  readonly settings: LocationSettings | undefined;
  readonly recent: RecentIds;
}

/** Under which a contact of this process is remembered for a while. */
export function recentKey(identifier: ContactIdentifier, value: string): string {
  return `${identifier} ${value}`;
}

const identifiers: readonly ContactIdentifier[] = ["email", "phone"];

/** Whether the location itself refuses a second contact with any identifier of the person: then a create is the safest look-up. */
export function refusesDuplicatesOf(person: NormalisedPerson, { settings }: Lookup): boolean {
  const given = identifiers.filter((name) => person[name] !== undefined);
  return settings !== undefined && given.every((name) => settings.uniqueIdentifiers.includes(name));
}

/** Looks who owns the identifiers of a person. `known`: found by the external id. */
export async function findOwners(person: NormalisedPerson, known: Contact | undefined, lookup: Lookup): Promise<ContactOwners> {
  const { email, phone } = person;
  const owners: ContactOwners = known === undefined ? {} : { externalId: known };
  const isRecent = identifiers.some((name) => person[name] !== undefined && lookup.recent.get(recentKey(name, person[name])) !== undefined);
  const asksForBoth = known === undefined && email !== undefined && phone !== undefined && !isRecent && platformLooksBy(lookup, "phone");
  const first = asksForBoth ? await lookup.calls.findDuplicate({ email, phone }) : known;
  // Nothing by either of them.
  if (asksForBoth && first === undefined) return owners;
  const order = asksForBoth ? platformOrder(lookup) : [];
  return { ...owners, ...(await otherOwners(person, { contact: first, order }, lookup)) };
}

/** Who is in the way of a create that was refused. */
export async function ownersAfterRefusal(
  person: NormalisedPerson,
  refused: Exclude<Written, { readonly contact: Contact }>,
  lookup: Lookup,
): Promise<ContactOwners> {
  const { existingId, matchingField } = refused;
  const existing = existingId === undefined ? await lookup.calls.findDuplicate(person) : await lookup.calls.get(existingId);
  const owners = await otherOwners(person, { contact: existing, order: platformOrder(lookup) }, lookup);
  if (existing === undefined) return owners;
  // By an additional e-mail or phone that the answer does not show.
  const unseen = identifiers.find((name) => name === matchingField && person[name] !== undefined && owners[name] === undefined);
  return unseen === undefined ? owners : { ...owners, [unseen]: existing };
}

interface FoundFirst {
  readonly contact: Contact | undefined;
  /** In which order the platform has looked: what comes before the identifier that matched belongs to no contact. */
  readonly order: readonly ContactIdentifier[];
}

async function otherOwners(person: NormalisedPerson, { contact, order }: FoundFirst, lookup: Lookup): Promise<ContactOwners> {
  const owners: ContactOwners = {};
  for (const name of identifiers) {
    const value = person[name];
    if (value !== undefined && contact !== undefined && hasIdentifier(contact, name, value)) owners[name] = contact;
  }
  const matched = order.findIndex((name) => owners[name] !== undefined);
  for (const name of identifiers) {
    const value = person[name];
    const isFree = order.includes(name) && order.indexOf(name) < matched;
    if (value === undefined || owners[name] !== undefined || isFree) continue;
    const owner = await ownerOf(name, value, lookup);
    if (owner !== undefined) owners[name] = owner;
  }
  return owners;
}

async function ownerOf(name: ContactIdentifier, value: string, lookup: Lookup): Promise<Contact | undefined> {
  const recent = lookup.recent.get(recentKey(name, value));
  const contact = recent === undefined ? undefined : await lookup.calls.get(recent);
  if (contact !== undefined && hasIdentifier(contact, name, value)) return contact;
  if (platformLooksBy(lookup, name)) return lookup.calls.findDuplicate({ [name]: value });
  const found = await lookup.calls.search(name, value);
  // What the search shows of a contact has other names, and may be old.
  return found === undefined ? undefined : lookup.calls.get(found);
}

/** Where duplicates are refused, the platform looks by the location's unique identifiers alone. */
function platformLooksBy({ settings }: Lookup, name: ContactIdentifier): boolean {
  return settings === undefined || settings.uniqueIdentifiers.length === 0 || settings.uniqueIdentifiers.includes(name);
}

/** Where duplicates are taken: e-mail, then phone. Unknown where the settings are. */
function platformOrder({ settings }: Lookup): readonly ContactIdentifier[] {
  if (settings === undefined) return [];
  return settings.takesDuplicateContacts ? identifiers : settings.uniqueIdentifiers;
}
