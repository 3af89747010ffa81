import { wireFieldValues, type FieldDefinition } from "@ghlkit/crm/fields";
import type { MatchedNames } from "./matched-names.ts";

/** Data types whose values are files of the platform. */
const ofFiles: ReadonlySet<string> = new Set(["FILE_UPLOAD", "SIGNATURE"]);

/** A custom field value as requests take it. */
export interface CustomValue {
  readonly id: string;
  readonly fieldValue: unknown;
}

/** Custom field values of a record of the backup, for the fields of the location. */
export function customValues(wire: unknown, names: MatchedNames): readonly CustomValue[] {
  return wireFieldValues(wire).flatMap(({ id, value }) => {
    const field = id === undefined ? undefined : names.field(id);
    return field === undefined || problemOf(field, value) !== undefined ? [] : [{ id: field.id, fieldValue: value }];
  });
}

/** Values that a record of the location has. */
export function currentValues(wire: unknown): readonly CustomValue[] {
  return wireFieldValues(wire).flatMap(({ id, value }) => (id === undefined ? [] : [{ id, fieldValue: value }]));
}

/** Values that cannot be restored, a part of a sentence each. */
export function valueLosses(wire: unknown, names: MatchedNames): readonly string[] {
  return wireFieldValues(wire).flatMap(({ id, value }) => {
    if (id === undefined) return [];
    const field = names.field(id);
    const problem =
      field === undefined ? "which the location does not have: create it first (ghlkit fields ensure)" : problemOf(field, value);
    return problem === undefined ? [] : [`without the custom field "${names.fieldName(id)}", ${problem}`];
  });
}

function problemOf({ dataType, options, allowsCustomOption }: FieldDefinition, value: unknown): string | undefined {
  if (ofFiles.has(dataType)) return "whose files are not in the backup";
  if (options.length === 0 || allowsCustomOption || dataType === "TEXTBOX_LIST") return undefined;
  const known = new Set(options.map((option) => option.value));
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.every((one) => typeof one !== "string" || known.has(one)) ? undefined : "which does not have that option in the location";
}
