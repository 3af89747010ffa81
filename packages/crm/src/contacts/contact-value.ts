import type { FieldWrite } from "../fields/create-fields.ts";
import { wireFieldValues } from "../fields/wire-field-values.ts";
import { fieldDay } from "../fields/field-day.ts";
import type { ContactIdentifier } from "../location/location-settings.ts";
import type { Contact } from "./contacts-client.ts";
import type { StandardField } from "./person.ts";

/** What a contact shows of a standard field; `undefined` for nothing. */
export function standardValue(contact: Contact, field: StandardField): string | undefined {
  const shown = contact as Readonly<Record<string, unknown>>;
  // Some reads lower-case the first name and add this (reported by an integrator, 2026-07).
  const value = field === "firstName" ? (shown["firstNameRaw"] ?? shown[field]) : field === "name" ? nameOf(contact) : shown[field];
  // A day may come as milliseconds.
  if (field === "dateOfBirth" && typeof value === "number") return fieldDay(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function nameOf({ name, firstName, lastName }: Contact): string {
  return name ?? [firstName, lastName].filter(Boolean).join(" ");
}

/** Whether two values of a standard field are the same for the platform. */
export function sameStandard(field: StandardField, a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (field === "dateOfBirth") return (fieldDay(a) ?? a) === (fieldDay(b) ?? b);
  const fold = (text: string): string => text.trim().replace(/\s+/g, " ").normalize();
  return field === "country" || field === "gender" ? fold(a).toLowerCase() === fold(b).toLowerCase() : fold(a) === fold(b);
}

/** What a contact shows of a custom field. */
export function customValue(contact: Contact, { field }: FieldWrite): unknown {
  return wireFieldValues(contact.customFields).find(({ id }) => id === field.id)?.value;
}

/** Whether a contact has an e-mail or phone, be it its first or an additional one. */
export function hasIdentifier(contact: Contact, identifier: ContactIdentifier, value: string): boolean {
  const first = contact[identifier];
  if (first !== undefined && sameIdentifier(identifier, first, value)) return true;
  return additional(contact, identifier).some((one) => sameIdentifier(identifier, one, value));
}

/** Whether two e-mails or phones are the same. */
export function sameIdentifier(identifier: ContactIdentifier, a: string, b: string): boolean {
  return identifier === "email" ? a.trim().toLowerCase() === b.trim().toLowerCase() : a.replace(/\D/g, "") === b.replace(/\D/g, "");
}

/** Answers carry them beside the contract: texts, or `{ email }` and `{ phone }` (recorded 2026-07). */
function additional(contact: Contact, identifier: ContactIdentifier): readonly string[] {
  const list = (contact as Readonly<Record<string, unknown>>)[identifier === "email" ? "additionalEmails" : "additionalPhones"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const text = typeof one === "object" && one !== null ? (one as Record<string, unknown>)[identifier] : one;
    return typeof text === "string" ? [text] : [];
  });
}
