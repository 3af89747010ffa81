import { sameFieldValue } from "../fields/same-field-value.ts";
import type { Contact } from "./contacts-client.ts";
import { customValue, hasIdentifier, sameStandard, standardValue } from "./contact-value.ts";
import type { SentPerson } from "./person-body.ts";
import type { StandardField } from "./person.ts";

/** Names of the fields that were sent and that the contact does not show: the platform answers 200 all the same. */
export function notStored(sent: SentPerson, contact: Contact): readonly string[] {
  const { email, phone, standard, fields } = sent;
  const missing: string[] = [];
  if (email !== undefined && !hasIdentifier(contact, "email", email)) missing.push("email");
  if (phone !== undefined && !hasIdentifier(contact, "phone", phone)) missing.push("phone");
  for (const [name, value] of Object.entries(standard) as [StandardField, string][]) {
    // Reads may lower-case names; what counts here is whether it was taken.
    if (!sameStandard(name, standardValue(contact, name)?.toLowerCase(), value.toLowerCase())) missing.push(name);
  }
  for (const write of fields) if (!sameFieldValue(write.field, customValue(contact, write), write.value)) missing.push(write.field.key);
  return missing;
}
