import type { LocationClient } from "@ghlkit/client";
import { createFields, readFieldValue } from "@ghlkit/crm/fields";

export async function renewal(location: LocationClient, contactId: string): Promise<string | undefined> {
  const fields = createFields(location);
  const written = await fields.write("contact", { renewal_date: new Date("2027-01-31"), interests: ["Braces"] });
  if (written.outcome === "rejected") throw new Error(written.fields.map(({ field, why }) => `${field}: ${why}`).join());
  const { contact } = await location.contacts.update({ contactId, body: { customFields: written.customFields } });
  for (const { field, value } of await fields.readings("contact", contact.customFields)) {
    if (field.dataType === "DATE") return readFieldValue(field, value); // string | undefined, as the data type says
  }
  return undefined;
}
