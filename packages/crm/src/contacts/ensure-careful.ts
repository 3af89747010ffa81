import type { ContactIdentifier } from "../location/location-settings.ts";
import { chooseContact } from "./choose-contact.ts";
import { contactChanges, type ContactChanges } from "./contact-changes.ts";
import { findOwners, ownersAfterRefusal, recentKey, refusesDuplicatesOf, type ContactOwners, type Lookup } from "./contact-owners.ts";
import type { Contact } from "./contacts-client.ts";
import type { CarefulPolicy } from "./ensure-policy.ts";
import type { EnsureConflict, Ensured, IgnoredField, OverwrittenField } from "./ensure-result.ts";
import type { NormalisedPerson } from "./normalise-person.ts";
import { notStored } from "./not-stored.ts";
import { isNothing, personBody, type SentPerson } from "./person-body.ts";

/** A careful policy with its defaults. */
export type ResolvedCarefulPolicy = Required<Omit<CarefulPolicy, "strategy">>;

/** How often a person is looked up again because another process was faster. */
const attempts = 3;

/**
 * Makes sure that a person exists without overwriting what was not asked for. Where the location refuses duplicates the create comes first:
 * it is one call for a new person, and its refusal names the contact that is there.
 * @param known The contact of the external id.
 */
export async function ensureCareful(
  person: NormalisedPerson,
  known: Contact | undefined,
  policy: ResolvedCarefulPolicy,
  lookup: Lookup,
): Promise<Ensured | EnsureConflict> {
  const createsFirst = known === undefined && refusesDuplicatesOf(person, lookup);
  let owners: ContactOwners = createsFirst ? {} : await findOwners(person, known, lookup);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const choice = chooseContact(owners, policy);
    if (choice.kind === "conflict") return conflict(owners, lookup);
    const { taken } = choice;
    const free = without(person, taken);
    if (choice.kind === "update") {
      const updated = await updateContact(free, choice.contact, policy, lookup);
      if (!("inTheWay" in updated)) return withTaken(updated, taken);
      owners = { ...owners, ...updated.inTheWay };
      continue;
    }
    if (free.email === undefined && free.phone === undefined) return conflict(owners, lookup);
    const written = await lookup.calls.create({ ...personBody(free), ...(free.addTags.length > 0 && { tags: [...free.addTags] }) });
    if ("contact" in written) return withTaken(await created(free, written.contact, lookup), taken);
    owners = { ...owners, ...(await ownersAfterRefusal(person, written, lookup)) };
  }
  return conflict(owners, lookup);
}

async function created(person: NormalisedPerson, contact: Contact, lookup: Lookup): Promise<Ensured> {
  if (person.email !== undefined) lookup.recent.add(recentKey("email", person.email), contact.id);
  if (person.phone !== undefined) lookup.recent.add(recentKey("phone", person.phone), contact.id);
  const checked = await checkStored(person, contact, lookup);
  return ensured("created", checked, [], lookup);
}

/** `inTheWay`: another contact that took one of the identifiers in the meantime. */
async function updateContact(
  person: NormalisedPerson,
  contact: Contact,
  policy: ResolvedCarefulPolicy,
  lookup: Lookup,
): Promise<Ensured | { readonly inTheWay: ContactOwners }> {
  const changes = contactChanges(person, contact, policy);
  let checked: CheckedContact = { contact, ignored: [] };
  if (!isNothing(changes.send)) {
    const written = await lookup.calls.update(contact.id, personBody(changes.send));
    if (!("contact" in written)) return { inTheWay: await ownersAfterRefusal(asSent(person, changes.send), written, lookup) };
    checked = await checkStored(changes.send, written.contact, lookup);
  }
  const tagged = await changeTags(checked.contact, changes, lookup);
  const isStored = countOf(changes.send) > checked.ignored.length;
  const isChanged = isStored || changes.addTags.length > 0 || changes.removeTags.length > 0;
  const ignored = [...changes.ignored, ...checked.ignored];
  const dropped = new Set(checked.ignored.map(({ field }) => field));
  const overwrote = changes.overwrites.filter(({ field }) => !dropped.has(field));
  return ensured(isChanged ? "updated" : "unchanged", { contact: tagged, ignored }, overwrote, lookup);
}

async function changeTags(contact: Contact, { addTags, removeTags }: ContactChanges, { calls }: Lookup): Promise<Contact> {
  let tags: readonly string[] | undefined;
  if (addTags.length > 0) tags = await calls.addTags(contact.id, addTags);
  if (removeTags.length > 0) tags = await calls.removeTags(contact.id, removeTags);
  return tags === undefined ? contact : { ...contact, tags: [...tags] };
}

interface CheckedContact {
  readonly contact: Contact;
  readonly ignored: readonly IgnoredField[];
}

/** An answer may show an older state than was written: only what a second read does not show either was ignored. */
async function checkStored(sent: SentPerson, answered: Contact, { calls }: Lookup): Promise<CheckedContact> {
  if (notStored(sent, answered).length === 0) return { contact: answered, ignored: [] };
  const contact = (await calls.get(answered.id)) ?? answered;
  return { contact, ignored: notStored(sent, contact).map((field) => ({ field, why: "not_stored" })) };
}

function ensured(
  outcome: Ensured["outcome"],
  { contact, ignored }: CheckedContact,
  overwrote: readonly OverwrittenField[],
  { calls }: Lookup,
): Ensured {
  return { outcome, contact, ignored, overwrote, calls: calls.count() };
}

function withTaken(result: Ensured, taken: readonly ContactIdentifier[]): Ensured {
  return { ...result, ignored: [...taken.map((field) => ({ field, why: "taken" as const })), ...result.ignored] };
}

function conflict(owners: ContactOwners, { calls }: Lookup): EnsureConflict {
  const { externalId, email, phone } = owners;
  return { outcome: "conflict", byExternalId: externalId?.id, byEmail: email?.id, byPhone: phone?.id, calls: calls.count() };
}

function without(person: NormalisedPerson, taken: readonly ContactIdentifier[]): NormalisedPerson {
  return {
    ...person,
    ...(taken.includes("email") && { email: undefined }),
    ...(taken.includes("phone") && { phone: undefined }),
  };
}

/** Only identifiers that were sent can be in the way. */
function asSent(person: NormalisedPerson, { email, phone }: SentPerson): NormalisedPerson {
  return { ...person, email, phone };
}

function countOf({ email, phone, standard, fields }: SentPerson): number {
  return [email, phone].filter((one) => one !== undefined).length + Object.keys(standard).length + fields.length;
}
