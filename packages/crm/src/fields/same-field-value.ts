import type { FieldDefinition } from "./field-definition.ts";
import { readFieldValue } from "./read-field-value.ts";

/** Whether two values of a field are the same for the platform: the order of choices and the spelling of dates and numbers do not count. */
export function sameFieldValue(field: FieldDefinition, a: unknown, b: unknown): boolean {
  return canonical(field, a) === canonical(field, b);
}

function canonical(field: FieldDefinition, value: unknown): string {
  const read = isEmpty(value) ? undefined : readFieldValue(field, value);
  switch (field.dataType) {
    case "CHECKBOX":
    case "MULTIPLE_OPTIONS":
      return JSON.stringify((read as readonly string[] | undefined)?.toSorted() ?? null);
    case "FILE_UPLOAD":
    case "SIGNATURE":
      return JSON.stringify((read as readonly { readonly url: string }[] | undefined)?.map(({ url }) => url).toSorted() ?? null);
    case "TEXTBOX_LIST":
      return JSON.stringify(Object.entries((read as object | undefined) ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    case "TEXT":
    case "LARGE_TEXT":
    case "PHONE":
    case "EMAIL":
      return JSON.stringify(typeof read === "string" ? read.trim().normalize() : null);
    default:
      return JSON.stringify(read ?? null);
  }
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
