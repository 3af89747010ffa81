import type { FieldDefinition } from "./field-definition.ts";
import { fieldDay } from "./field-day.ts";
import type { FieldFile, FieldInput } from "./field-value.ts";

/** Why a value is not sent. */
export type InvalidFieldReason = "unknown_field" | "invalid_option" | "invalid_date" | "invalid_number" | "invalid_file" | "invalid_value";

/** A value as it is sent, or why it is not. */
export type CheckedFieldValue = { readonly value: unknown } | { readonly why: InvalidFieldReason };

/**
 * Checks a value against its field before it is sent: the platform answers 200 and drops a value that is no option, or cuts others.
 */
export function checkFieldValue(field: FieldDefinition, input: FieldInput): CheckedFieldValue {
  switch (field.dataType) {
    case "TEXT":
    case "LARGE_TEXT":
    case "PHONE":
    case "EMAIL":
      return typeof input === "string" ? { value: input } : { why: "invalid_value" };
    case "SINGLE_OPTIONS":
    case "RADIO":
      return typeof input === "string" ? checkOptions(field, [input], input) : { why: "invalid_option" };
    case "CHECKBOX":
    case "MULTIPLE_OPTIONS":
      return isTexts(input) ? checkOptions(field, input, input) : { why: "invalid_option" };
    case "NUMERICAL":
    case "MONETORY":
      // As text it may lose what stands behind a comma.
      return typeof input === "number" && Number.isFinite(input) ? { value: input } : { why: "invalid_number" };
    case "DATE":
      return checkDate(input);
    case "TEXTBOX_LIST":
      return checkTexts(field, input);
    case "FILE_UPLOAD":
    case "SIGNATURE":
      return checkFiles(field, input);
    case "UNKNOWN":
      return { value: input };
  }
}

function checkOptions({ options, allowsCustomOption }: FieldDefinition, given: readonly string[], value: unknown): CheckedFieldValue {
  const known = new Set(options.map((option) => option.value));
  return allowsCustomOption || given.every((one) => known.has(one)) ? { value } : { why: "invalid_option" };
}

function checkDate(input: FieldInput): CheckedFieldValue {
  const day = input instanceof Date || typeof input === "string" ? fieldDay(input) : undefined;
  return day === undefined ? { why: "invalid_date" } : { value: day };
}

function checkTexts({ options }: FieldDefinition, input: FieldInput): CheckedFieldValue {
  if (typeof input !== "object" || Array.isArray(input) || input instanceof Date) return { why: "invalid_value" };
  const known = new Set(options.map((option) => option.value));
  const entries = Object.entries(input);
  if (entries.some(([, text]) => typeof text !== "string")) return { why: "invalid_value" };
  return known.size > 0 && entries.some(([id]) => !known.has(id)) ? { why: "invalid_option" } : { value: input };
}

function checkFiles({ maxFiles = Infinity }: FieldDefinition, input: FieldInput): CheckedFieldValue {
  if (!Array.isArray(input) || input.length > maxFiles || !input.every(isFile)) return { why: "invalid_file" };
  return { value: Object.fromEntries(input.map((file, index) => [file.id ?? `file-${index + 1}`, wireFile(file)])) };
}

function wireFile({ id, url, name, mimeType, sizeBytes }: FieldFile): Record<string, unknown> {
  const meta = {
    ...(id !== undefined && { uuid: id }),
    ...(name !== undefined && { originalname: name }),
    ...(mimeType !== undefined && { mimetype: mimeType }),
    ...(sizeBytes !== undefined && { size: sizeBytes }),
  };
  return { url, ...(Object.keys(meta).length > 0 && { meta }) };
}

function isFile(value: unknown): value is FieldFile {
  if (typeof value !== "object" || value === null) return false;
  const { url } = value as { readonly url?: unknown };
  return typeof url === "string" && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
