import { badRequest, unprocessable } from "../http/refusal.ts";
import type { CustomFieldValue } from "../state/contact.ts";
import type { CustomField } from "../state/location.ts";
import type { SwitchValues } from "../switches/switch-options.ts";

/** One custom field value of a request, in any of the spellings. */
export interface CustomFieldInput {
  readonly id?: string;
  /** Field key with or without the model in front: `contact.pet_name`, `pet_name`. */
  readonly key?: string;
  readonly value?: unknown;
  readonly field_value?: unknown;
  readonly fieldValue?: unknown;
}

/**
 * Lays given values over those that were there. An empty text, an empty list or null removes one.
 * Values of fields that the location does not define are dropped, as the platform does.
 * @throws Refusal 400 when an item names no field at all.
 */
export function readCustomFields(
  given: readonly CustomFieldInput[],
  definitions: readonly CustomField[],
  before: readonly CustomFieldValue[],
  { unreadableAmount, unknownFieldKey }: Pick<SwitchValues, "unreadableAmount" | "unknownFieldKey">,
): readonly CustomFieldValue[] {
  const values = new Map(before.map((item) => [item.id, item.value]));
  for (const [index, item] of given.entries()) {
    if (!item.id && !item.key) throw badRequest("customFields: each value needs an id or a key");
    const definition = definitions.find(
      (field) => field.id === item.id || field.fieldKey === item.key || field.fieldKey.endsWith(`.${item.key}`),
    );
    if (definition === undefined && !item.id && unknownFieldKey === "reject")
      throw unprocessable([`customFields.${index}.key ${item.key} does not exist`]);
    if (definition === undefined) continue;
    const given = item.fieldValue ?? item.field_value ?? item.value;
    const value = storedValue(definition, given);
    if (unreadableAmount === "reject" && !isReadable(definition, value))
      throw unprocessable([`customFields.${index}.value must be a number conforming to the specified constraints`], "inferred");
    // A choice that is no option is dropped, and what was there stays.
    if (value === undefined && given !== undefined && given !== null) continue;
    if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)) values.delete(definition.id);
    else values.set(definition.id, value);
  }
  return [...values].map(([id, value]) => ({ id, value }));
}

/** Whether a value is an amount where one is wanted. */
function isReadable({ dataType }: CustomField, value: unknown): boolean {
  if (dataType !== "MONETORY" && dataType !== "NUMERICAL") return true;
  return (
    typeof value === "number" ||
    value === "" ||
    value === null ||
    value === undefined ||
    (typeof value === "string" && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value.trim()))
  );
}

/**
 * What the platform keeps of a value: the day of a date, an amount without commas, and options byte for byte (reported by four integrators).
 * `undefined` for what it drops.
 */
function storedValue({ dataType, picklistOptions: options }: CustomField, value: unknown): unknown {
  if (value === "" || value === null || value === undefined) return value;
  switch (dataType) {
    case "DATE":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) ? value.slice(0, 10) : value;
    case "MONETORY":
      return typeof value === "string" ? value.replaceAll(",", "") : value;
    case "SINGLE_OPTIONS":
    case "RADIO":
      return options === undefined || options.includes(value as string) ? value : undefined;
    case "CHECKBOX":
    case "MULTIPLE_OPTIONS": {
      if (options === undefined || !Array.isArray(value) || value.length === 0) return value;
      const known = value.filter((one: unknown) => options.includes(one as string));
      return known.length === 0 ? undefined : known;
    }
    default:
      return value;
  }
}
