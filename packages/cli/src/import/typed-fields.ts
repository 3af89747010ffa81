import type { FieldDefinition, FieldInput, Fields } from "@ghlkit/crm/fields";

/** Values of custom fields as their definitions take them: in a file everything is text. */
export async function typedFields(
  values: Readonly<Record<string, FieldInput | null | undefined>>,
  fields: Fields,
): Promise<Readonly<Record<string, FieldInput | null | undefined>>> {
  const typed: Record<string, FieldInput | null | undefined> = {};
  for (const [key, value] of Object.entries(values)) {
    const field = typeof value === "string" ? await fields.get("contact", key) : undefined;
    typed[key] = typeof value === "string" && field !== undefined ? typedText(field, value) : value;
  }
  return typed;
}

/** A text that is not of the field's type stays as it is: its check names the field. */
function typedText({ dataType }: FieldDefinition, text: string): FieldInput {
  if (dataType === "NUMERICAL" || dataType === "MONETORY") return numberOf(text) ?? text;
  if (dataType === "CHECKBOX" || dataType === "MULTIPLE_OPTIONS") return text.split(/[;|]/).map((one) => one.trim());
  return text;
}

/** With commas between thousands or without. `1,5` is no number: it may be one and a half. */
function numberOf(text: string): number | undefined {
  const isPlain = /^-?\d+(\.\d+)?$/.test(text) || /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text);
  return isPlain ? Number(text.replaceAll(",", "")) : undefined;
}
