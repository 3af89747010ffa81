import type { StepResult } from "@ghlkit/crm/bulk";
import type { CarefulPolicy, Contacts, ExternalIds, Person } from "@ghlkit/crm/contacts";
import type { LocationClient } from "ghlkit";

/** What a preview looks with, and how the import would go on. */
export interface PreviewContext {
  readonly location: LocationClient;
  readonly contacts: Pick<Contacts, "check">;
  readonly externalIds: Pick<ExternalIds, "contactOf">;
  readonly oneCall?: boolean | undefined;
  readonly onConflict?: CarefulPolicy["onConflict"];
}

/** What an import would do with a person. One read for each identifier, no write. */
export async function previewPerson(person: Person, context: PreviewContext): Promise<StepResult> {
  const { location, contacts, externalIds, oneCall, onConflict = "fail" } = context;
  const checked = await contacts.check(person);
  if (checked.outcome === "rejected") return { outcome: "would reject", fields: checked.fields } as StepResult;
  const ownerOf = async (query: { readonly email: string } | { readonly number: string }): Promise<string | undefined> =>
    (await location.contacts.findDuplicate(query)).contact?.id;
  const { email, phone } = checked;
  const byExternalId = person.externalId === undefined ? undefined : await externalIds.contactOf(person.externalId);
  const byEmail = email === undefined ? undefined : await ownerOf({ email });
  const byPhone = phone === undefined ? undefined : await ownerOf({ number: phone });
  const found = new Set([byExternalId, byEmail, byPhone].filter((id) => id !== undefined));
  if (email === undefined && phone === undefined && byExternalId === undefined)
    return { outcome: "would reject", fields: [{ field: "email", why: "missing_identity" }] } as StepResult;
  if (found.size > 1 && oneCall !== true && onConflict === "fail") return { outcome: "would conflict", contacts: [...found] } as StepResult;
  const id = byExternalId ?? (onConflict === "preferPhone" ? (byPhone ?? byEmail) : (byEmail ?? byPhone));
  return id === undefined ? { outcome: "would create" } : ({ outcome: "would update", id } as StepResult);
}
