import { sameFieldValue } from "../fields/same-field-value.ts";
import { readFieldValue } from "../fields/read-field-value.ts";
import type { Contact } from "./contacts-client.ts";
import { customValue, hasIdentifier, sameStandard, standardValue } from "./contact-value.ts";
import type { CarefulPolicy } from "./ensure-policy.ts";
import type { IgnoredField, OverwrittenField } from "./ensure-result.ts";
import type { NormalisedPerson } from "./normalise-person.ts";
import type { SentPerson } from "./person-body.ts";
import type { StandardField } from "./person.ts";

/** What a person changes on a contact. */
export interface ContactChanges {
  readonly send: SentPerson;
  readonly ignored: readonly IgnoredField[];
  readonly overwrites: readonly OverwrittenField[];
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
}

type ChangePolicy = Required<Pick<CarefulPolicy, "primaryEmail" | "primaryPhone" | "existing">>;

/** The platform takes them for new contacts alone: a PUT refuses them with 422. */
export const createOnlyFields: ReadonlySet<StandardField> = new Set(["companyName", "gender"]);

/** Compares a person with a contact: what is there already is not sent, and what the policy keeps is reported. */
export function contactChanges(person: NormalisedPerson, contact: Contact, policy: ChangePolicy): ContactChanges {
  const ignored: IgnoredField[] = [];
  const overwrites: OverwrittenField[] = [];
  /** Whether a value goes out; `before` is what it replaces. */
  const mayWrite = (field: string, before: unknown, keeps: boolean): boolean => {
    if (before === undefined) return true;
    if (keeps) ignored.push({ field, why: "kept" });
    else overwrites.push({ field, before });
    return !keeps;
  };
  const identifier = (name: "email" | "phone", keeps: boolean): string | undefined => {
    const value = person[name];
    if (value === undefined || hasIdentifier(contact, name, value)) return undefined;
    return mayWrite(name, contact[name] || undefined, keeps) ? value : undefined;
  };
  const fills = policy.existing === "fill";
  const standard = Object.entries(person.standard).filter(([key, value]) => {
    const name = key as StandardField;
    const before = standardValue(contact, name);
    if (sameStandard(name, before, value)) return false;
    if (!createOnlyFields.has(name)) return mayWrite(name, before, fills);
    ignored.push({ field: name, why: "create_only" });
    return false;
  });
  const fields = person.fields.filter((write) => {
    const before = customValue(contact, write);
    if (sameFieldValue(write.field, before, write.value)) return false;
    return mayWrite(write.field.key, readFieldValue(write.field, before), fills);
  });
  const tags = new Set(contact.tags?.map((tag) => tag.toLowerCase()));
  return {
    send: {
      email: identifier("email", policy.primaryEmail === "keep"),
      phone: identifier("phone", policy.primaryPhone === "keep"),
      standard: Object.fromEntries(standard),
      fields,
    },
    ignored,
    overwrites,
    addTags: person.addTags.filter((tag) => !tags.has(tag)),
    removeTags: person.removeTags.filter((tag) => tags.has(tag)),
  };
}
