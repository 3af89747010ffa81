import { badRequest } from "../../http/refusal.ts";
import type { Contact, ContactIdentifier } from "../../state/contact.ts";
import type { World } from "../../world.ts";
import { fullName } from "./contact-view.ts";

/** A contact that is already there, and by what it was recognised. */
export interface ContactMatch {
  readonly contact: Contact;
  readonly matchingField: ContactIdentifier;
}

/**
 * The contact that e-mail or phone point at. If they point at two, the identifier that the location puts first wins.
 * @param exceptId A contact that does not count: the one being changed.
 */
export function findMatch(
  world: World,
  locationId: string,
  wanted: { readonly email?: string | undefined; readonly phone?: string | undefined },
  exceptId?: string,
): ContactMatch | undefined {
  const order = world.state.locations.get(locationId)?.settings.contactUniqueIdentifiers ?? ["email", "phone"];
  for (const matchingField of order) {
    const value = wanted[matchingField];
    if (!value) continue;
    const contact = world.state.contacts.findBy(locationId, matchingField, value);
    if (contact !== undefined && contact.id !== exceptId) return { contact, matchingField };
  }
  return undefined;
}

/** Whether the location takes several contacts with one e-mail or phone. */
export function allowsDuplicates(world: World, locationId: string): boolean {
  return world.state.locations.get(locationId)?.settings.allowDuplicateContact ?? false;
}

/** @throws Refusal 400 that names the contact which is in the way, unless the location allows duplicates. */
export function refuseDuplicate(
  world: World,
  locationId: string,
  wanted: { email?: string | undefined; phone?: string | undefined },
  exceptId?: string,
): void {
  if (allowsDuplicates(world, locationId)) return;
  const match = findMatch(world, locationId, wanted, exceptId);
  if (match === undefined) return;
  const { contact, matchingField } = match;
  const meta = { contactId: contact.id, contactName: fullName(contact), matchingField };
  throw badRequest("This location does not allow duplicated contacts.", { meta }, "reported");
}
