import type { ContactIdentifier } from "../location/location-settings.ts";
import type { Contact } from "./contacts-client.ts";
import type { ContactOwners } from "./contact-owners.ts";
import type { CarefulPolicy, ContactMatch } from "./ensure-policy.ts";

/** What is to be done with a person, given who owns its identifiers. */
export type Choice =
  | { readonly kind: "conflict" }
  /** `taken`: identifiers that belong to other contacts. */
  | { readonly kind: "create"; readonly taken: readonly ContactIdentifier[] }
  | { readonly kind: "update"; readonly contact: Contact; readonly taken: readonly ContactIdentifier[] };

/** Chooses the contact that a person is. */
export function chooseContact(owners: ContactOwners, policy: Required<Pick<CarefulPolicy, "match" | "onConflict">>): Choice {
  const contact = matchOrder(policy)
    .map((name) => owners[name])
    .find((owner) => owner !== undefined);
  const taken = (["email", "phone"] as const).filter((name) => owners[name] !== undefined && owners[name]?.id !== contact?.id);
  if (taken.length > 0 && policy.onConflict === "fail") return { kind: "conflict" };
  return contact === undefined ? { kind: "create", taken } : { kind: "update", contact, taken };
}

/** A preference puts one identifier before the other; the external id is more certain than either. */
function matchOrder({ match, onConflict }: Required<Pick<CarefulPolicy, "match" | "onConflict">>): readonly ContactMatch[] {
  if (onConflict === "fail") return match;
  const preferred = onConflict === "preferEmail" ? "email" : "phone";
  const rank = (name: ContactMatch): number => (name === "externalId" ? 0 : name === preferred ? 1 : 2);
  return match.toSorted((a, b) => rank(a) - rank(b));
}
