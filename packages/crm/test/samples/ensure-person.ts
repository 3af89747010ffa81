import type { LocationClient } from "@ghlkit/client";
import { createContacts } from "@ghlkit/crm/contacts";
import type { Journal } from "@ghlkit/storage";

export async function lead(location: LocationClient, journal: Journal, form: { email: string; phone: string }): Promise<string> {
  const contacts = createContacts(location, { journal });
  const result = await contacts.ensure(
    { ...form, externalId: "shop:42", fields: { pet_name: "Rex", budget: 5000 }, addTags: ["web"] },
    { onConflict: "fail", primaryEmail: "keep" },
  );
  switch (result.outcome) {
    case "created":
    case "updated":
    case "unchanged":
      return `${result.outcome} ${result.contact.id}, left out: ${result.ignored.map(({ field, why }) => `${field} ${why}`).join(", ")}`;
    case "conflict":
      return `the e-mail is that of ${result.byEmail}, the phone that of ${result.byPhone}`;
    case "rejected":
      return result.fields.map(({ field, why }) => `${field}: ${why}`).join(", ");
  }
}
