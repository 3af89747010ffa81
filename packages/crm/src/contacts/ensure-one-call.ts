import { isGhlError } from "@ghlkit/core";
import { createOnlyFields } from "./contact-changes.ts";
import { sameStandard, standardValue } from "./contact-value.ts";
import type { ContactsCalls, Written } from "./contacts-calls.ts";
import type { Contact } from "./contacts-client.ts";
import type { EnsureConflict, Ensured } from "./ensure-result.ts";
import type { NormalisedPerson } from "./normalise-person.ts";
import { notStored } from "./not-stored.ts";
import { personBody, type SentPerson } from "./person-body.ts";
import type { StandardField } from "./person.ts";

/**
 * Makes sure that a person exists with one call. What was there is replaced: the result names it, and what the platform left out.
 * @param knownId The contact of the external id. When it is gone, a second call is made.
 * @returns `undefined` when there is nothing to find the person by.
 */
export async function ensureOneCall(
  person: NormalisedPerson,
  knownId: string | undefined,
  calls: ContactsCalls,
): Promise<Ensured | EnsureConflict | undefined> {
  const known = knownId === undefined ? undefined : await updateKnown(person, knownId, calls);
  if (known !== undefined || (person.email === undefined && person.phone === undefined)) return known;
  const { contact, isNew } = await calls.upsert(personBody(person));
  return result(isNew ? "created" : "updated", person, contact, calls);
}

/** `undefined` when it was deleted, or merged into another contact. */
async function updateKnown(person: NormalisedPerson, id: string, calls: ContactsCalls): Promise<Ensured | EnsureConflict | undefined> {
  const entries = Object.entries(person.standard) as [StandardField, string][];
  const sent = { ...person, standard: Object.fromEntries(entries.filter(([name]) => !createOnlyFields.has(name))) };
  try {
    const written = await calls.update(id, personBody(sent));
    if (!("contact" in written)) return conflict(id, written, calls);
    const updated = result("updated", sent, written.contact, calls);
    const left = entries.filter(
      ([name, value]) => createOnlyFields.has(name) && !sameStandard(name, standardValue(updated.contact, name), value),
    );
    return { ...updated, ignored: [...updated.ignored, ...left.map(([field]) => ({ field, why: "create_only" as const }))] };
  } catch (error) {
    if (isGhlError(error, "not_found")) return undefined;
    throw error;
  }
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
