import type { FieldDataType } from "./field-definition.ts";
import { fieldDay } from "./field-day.ts";
import type { FieldFile, FieldValueOf } from "./field-value.ts";

/**
 * Reads the value of an answer by the data type of its field, whichever way the platform wrote it: a number as text, a day as
 * milliseconds, one option without a list.
 * @returns `undefined` for a field without a value, and for a value that is none of its type.
 */
export function readFieldValue<Type extends FieldDataType>(
  field: { readonly dataType: Type },
  value: unknown,
): FieldValueOf<Type> | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return readers[field.dataType](value) as FieldValueOf<Type> | undefined;
}

const readers: { readonly [Type in FieldDataType]: (value: unknown) => FieldValueOf<Type> | undefined } = {
  TEXT: readText,
  LARGE_TEXT: readText,
  PHONE: readText,
  EMAIL: readText,
  SINGLE_OPTIONS: readOne,
  RADIO: readOne,
  NUMERICAL: readNumber,
  MONETORY: readNumber,
  CHECKBOX: readList,
  MULTIPLE_OPTIONS: readList,
  DATE: fieldDay,
  TEXTBOX_LIST: readTexts,
  FILE_UPLOAD: readFiles,
  SIGNATURE: readFiles,
  UNKNOWN: (value) => value,
};

function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function readOne(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 1 ? readText(value[0]) : readText(value);
}

function readNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  const text = typeof value === "string" ? value.replaceAll(",", "").trim() : "";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function readList(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const texts = list.map(readText);
  return texts.length === 0 || texts.includes(undefined) ? undefined : (texts as readonly string[]);
}

function readTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(Object.entries(value).flatMap(([id, text]) => (typeof text === "string" ? [[id, text]] : [])));
}

/** By uuid, as a list, or as one file without either. */
function readFiles(value: unknown): readonly FieldFile[] | undefined {
  if (typeof value === "string") return [{ url: value }];
  if (!isRecord(value) && !Array.isArray(value)) return undefined;
  const entries: readonly (readonly [string | undefined, unknown])[] = Array.isArray(value)
    ? value.map((file) => [undefined, file])
    : typeof value["url"] === "string"
      ? [[undefined, value]]
      : Object.entries(value);
  const files = entries.flatMap(([id, file]) => readFile(id, file));
  return files.length === 0 ? undefined : files;
}

function readFile(key: string | undefined, file: unknown): readonly FieldFile[] {
  if (typeof file === "string") return [{ url: file }];
  if (!isRecord(file) || typeof file["url"] !== "string") return [];
  const meta = isRecord(file["meta"]) ? file["meta"] : file;
  const { uuid, originalname, mimetype, size } = meta;
  const id = typeof uuid === "string" ? uuid : key;
  return [
    {
      url: file["url"],
      ...(id !== undefined && { id }),
      ...(typeof originalname === "string" && { name: originalname }),
      ...(typeof mimetype === "string" && { mimeType: mimetype }),
      ...(typeof size === "number" && { sizeBytes: size }),
    },
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
