/** A value as an answer or a webhook carries it, with whatever names its field. */
export interface WireFieldValue {
  readonly id: string | undefined;
  readonly key: string | undefined;
  readonly value: unknown;
}

/** The names under which the platform writes a value; the typed ones are those of opportunities. */
const valueNames = [
  "value",
  "fieldValue",
  "field_value",
  "fieldValueString",
  "fieldValueArray",
  "fieldValueNumber",
  "fieldValueDate",
  "fieldValueFiles",
] as const;

/**
 * The custom field values of a record, from any spelling: the list of a contact (`{ id, value }`) or an opportunity (`{ id, fieldValue }`,
 * `{ id, fieldValueString }`), of a request (`{ key, field_value }`), or the `properties` of a custom object.
 */
export function wireFieldValues(wire: unknown): readonly WireFieldValue[] {
  if (Array.isArray(wire)) return wire.flatMap(readItem);
  if (typeof wire !== "object" || wire === null) return [];
  return Object.entries(wire).map(([key, value]) => ({ id: undefined, key, value }));
}

function readItem(item: unknown): readonly WireFieldValue[] {
  if (typeof item !== "object" || item === null) return [];
  const fields = item as Record<string, unknown>;
  const name = valueNames.find((one) => fields[one] !== undefined);
  return [{ id: textOf(fields["id"]), key: textOf(fields["key"] ?? fields["fieldKey"]), value: name && fields[name] }];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
