import type { FieldInputs, FieldsToWrite } from "../fields/field-value.ts";

/** The standard fields that a person can be given, in the platform's words. */
export const standardFields = [
  "firstName",
  "lastName",
  "name",
  "companyName",
  "gender",
  "dateOfBirth",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "timezone",
  "source",
  "assignedTo",
] as const;

/** A standard field of a contact. */
export type StandardField = (typeof standardFields)[number];

/**
 * Who shall exist. What is not given stays as it is. `Fields` is the typed map that `ghlkit fields pull` writes.
 *
 * `country` (ISO 3166) also reads a phone number without calling code; without it the location's country does.
 */
export interface Person<Fields extends object = FieldInputs> extends Readonly<Partial<Record<StandardField, string | undefined>>> {
  /** The id in your own system: `shop:42`. It is kept in the journal, the platform never sees it. */
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** Custom fields by key. `null` clears one. */
  readonly fields?: FieldsToWrite<Fields> | undefined;
  /** Tags that it has afterwards. Others stay. */
  readonly addTags?: readonly string[] | undefined;
  /** Tags that it has no more. */
  readonly removeTags?: readonly string[] | undefined;
}

/** A person for {@link OneCallPolicy}: the one call replaces all tags, so it takes none. */
export interface PersonWithoutTags<Fields extends object = FieldInputs> extends Person<Fields> {
  readonly addTags?: never;
  readonly removeTags?: never;
}
