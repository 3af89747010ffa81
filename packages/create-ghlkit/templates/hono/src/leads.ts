import { createContacts } from "@ghlkit/crm/contacts";
import type { LocationClient } from "ghlkit";

/** What came of a lead. */
export type SavedLead =
  | { readonly outcome: "saved"; readonly contactId: string; readonly isNew: boolean }
  | { readonly outcome: "rejected"; readonly reason: string };

/** Saves the people who fill in a form: each exists once, whatever they are called, and has the tag `website`. */
export function createLeads(location: LocationClient): (lead: unknown) => Promise<SavedLead> {
  const contacts = createContacts(location);
  return async (lead) => {
    const person = parseLead(lead);
    if (person === undefined) return { outcome: "rejected", reason: "name and email are required" };
    const result = await contacts.ensure({ ...person, addTags: ["website"] });
    switch (result.outcome) {
      case "created":
      case "updated":
      case "unchanged":
        return { outcome: "saved", contactId: result.contact.id, isNew: result.outcome === "created" };
      case "conflict":
        return { outcome: "rejected", reason: "e-mail and phone belong to different contacts" };
      case "rejected":
        return { outcome: "rejected", reason: result.fields.map(({ field, why }) => `${field}: ${why}`).join(", ") };
    }
  };
}

function parseLead(lead: unknown): { readonly name: string; readonly email: string } | undefined {
  const { name, email } = typeof lead === "object" && lead !== null ? (lead as Readonly<Record<string, unknown>>) : {};
  if (typeof name !== "string" || typeof email !== "string" || name.trim() === "" || email.trim() === "") return undefined;
  return { name: name.trim(), email: email.trim() };
}
