import type { ContactsCalls, Written } from "./contacts-calls.ts";
import type { Contact } from "./contacts-client.ts";
import type { EnsureConflict, Ensured } from "./ensure-result.ts";
import type { NormalisedPerson } from "./normalise-person.ts";
import { notStored } from "./not-stored.ts";
import { personBody, type SentPerson } from "./person-body.ts";

/**
 * Makes sure that a person exists with one call. What was there is replaced: the result names it, and what the platform left out.
 * @param knownId The contact of the external id.
 */
export async function ensureOneCall(
  person: NormalisedPerson,
  knownId: string | undefined,
  calls: ContactsCalls,
): Promise<Ensured | EnsureConflict> {
  if (knownId === undefined) {
    const { contact, isNew } = await calls.upsert(personBody(person));
    return result(isNew ? "created" : "updated", person, contact, calls);
  }
  // A PUT refuses both.
  const { companyName: _companyName, gender: _gender, ...standard } = person.standard;
  const written = await calls.update(knownId, personBody({ ...person, standard }));
  return "contact" in written ? result("updated", person, written.contact, calls) : conflict(knownId, written, calls);
}

function result(outcome: "created" | "updated", sent: SentPerson, contact: Contact, calls: ContactsCalls): Ensured {
  const missing = notStored(sent, contact);
  const names = [
    ...(sent.email === undefined ? [] : ["email"]),
    ...(sent.phone === undefined ? [] : ["phone"]),
    ...Object.keys(sent.standard),
    ...sent.fields.map(({ field }) => field.key),
  ];
  const written = outcome === "created" ? [] : names.filter((name) => !missing.includes(name));
  return {
    outcome,
    contact,
    ignored: missing.map((field) => ({ field, why: "not_stored" })),
    overwrote: written.map((field) => ({ field, before: undefined })),
    calls: calls.count(),
  };
}

function conflict(knownId: string, refused: Exclude<Written, { readonly contact: Contact }>, calls: ContactsCalls): EnsureConflict {
  const { existingId, matchingField } = refused;
  return {
    outcome: "conflict",
    byExternalId: knownId,
    byEmail: matchingField === "email" ? existingId : undefined,
    byPhone: matchingField === "phone" ? existingId : undefined,
    calls: calls.count(),
  };
}
