import { badRequest } from "../http/refusal.ts";
import type { CustomFieldValue } from "../state/contact.ts";
import type { CustomField } from "../state/location.ts";

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
): readonly CustomFieldValue[] {
  const values = new Map(before.map((item) => [item.id, item.value]));
  for (const item of given) {
    if (!item.id && !item.key) throw badRequest("customFields: each value needs an id or a key");
    const definition = definitions.find(
      (field) => field.id === item.id || field.fieldKey === item.key || field.fieldKey.endsWith(`.${item.key}`),
    );
    if (definition === undefined) continue;
    const value = item.fieldValue ?? item.field_value ?? item.value;
    if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)) values.delete(definition.id);
    else values.set(definition.id, value);
  }
  return [...values].map(([id, value]) => ({ id, value }));
}
