import type { LocationClient } from "@ghlkit/client";
import { isGhlError, type Clock } from "@ghlkit/core";
import { cached, type Cached } from "./cached.ts";

/** What identifies a contact within its location. */
export type ContactIdentifier = "email" | "phone";

/** What a location decides that the helpers depend on. */
export interface LocationSettings {
  readonly id: string;
  /** ISO 3166 code, for phone numbers without calling code. */
  readonly country: string | undefined;
  /** The identifiers by which the location refuses a second contact, in the order in which it looks. Empty when it takes duplicates. */
  readonly uniqueIdentifiers: readonly ContactIdentifier[];
  /** Whether it takes several contacts with one identifier; then the platform looks for duplicates by both. */
  readonly takesDuplicateContacts: boolean;
  readonly takesDuplicateOpportunities: boolean;
}

/** Settings change rarely, and a stale "refuses duplicates" costs duplicates. */
const ttlMs = 600_000;

/**
 * The settings of a location, read once. `undefined` when the token may not read them: callers then look before they create, which is right
 * under either setting.
 */
export function locationSettings(
  location: Pick<LocationClient, "locations">,
  { clock }: { readonly clock: Clock },
): Cached<LocationSettings | undefined> {
  return cached(() => readSettings(location), { clock, ttlMs });
}

async function readSettings(location: Pick<LocationClient, "locations">): Promise<LocationSettings | undefined> {
  try {
    const { id, country, settings } = (await location.locations.get()).location;
    // The contract promises them; an answer without them must not end every `ensure`.
    const known: Partial<typeof settings> | undefined = settings;
    const { allowDuplicateContact, allowDuplicateOpportunity, contactUniqueIdentifiers = ["email", "phone"] } = known ?? {};
    // Absent is not "refused": only a setting that says so may be relied on.
    const refuses = allowDuplicateContact === false;
    return {
      id,
      country,
      uniqueIdentifiers: refuses ? contactUniqueIdentifiers.filter((name) => name === "email" || name === "phone") : [],
      takesDuplicateContacts: allowDuplicateContact === true,
      takesDuplicateOpportunities: allowDuplicateOpportunity !== false,
    };
  } catch (error) {
    if (isGhlError(error, "scope_missing") || isGhlError(error, "token_kind")) return undefined;
    throw error;
  }
}
