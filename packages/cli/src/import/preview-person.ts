import type { StepResult } from "@ghlkit/crm/bulk";
import { contactEmail, contactPhone, type Person } from "@ghlkit/crm/contacts";
import type { Fields } from "@ghlkit/crm/fields";
import type { LocationClient } from "ghlkit";

/** What an import would do with a person. One read for each identifier, no write. */
export async function previewPerson(person: Person, location: LocationClient, fields: Fields): Promise<StepResult> {
  const problems = await problemsOf(person, fields);
  if (problems.length > 0) return { outcome: "would reject", fields: problems } as StepResult;
  const number = person.phone === undefined ? undefined : contactPhone(person.phone, person.country);
  const found = new Set<string>();
  for (const query of [person.email && { email: person.email }, number && { number }]) {
    if (query === undefined || query === "") continue;
    const { contact } = await location.contacts.findDuplicate(query);
    if (contact?.id !== undefined) found.add(contact.id);
  }
  const [id] = found;
  if (found.size > 1) return { outcome: "would conflict", contacts: [...found] } as StepResult;
  return id === undefined ? { outcome: "would create" } : ({ outcome: "would update", id } as StepResult);
}

async function problemsOf({ email, phone, country, fields: values }: Person, fields: Fields): Promise<readonly object[]> {
  const written = values === undefined ? undefined : await fields.write("contact", values);
  return [
    ...(email !== undefined && contactEmail(email) === undefined ? [{ field: "email", why: "invalid_email" }] : []),
    ...(phone !== undefined && contactPhone(phone, country) === undefined ? [{ field: "phone", why: "invalid_phone" }] : []),
    ...(written?.outcome === "rejected" ? written.fields : []),
  ];
}
