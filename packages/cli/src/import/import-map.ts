import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { printable } from "../printable.ts";
import { UsageError } from "../usage-error.ts";

/** Where the parts of a contact stand in a file. */
export interface ImportMap {
  /** Names of the person's parts (`email`, `firstName`, `fields.budget` …) and the headers under which they may stand. */
  readonly columns: Readonly<Record<string, string | readonly string[]>>;
  /** Country of phone numbers without calling code, ISO 3166. */
  readonly country?: string;
  /** Tags of every contact. */
  readonly tags?: readonly string[];
}

/** Parts that a column may be mapped to, beside `fields.<key>`. */
export const parts = [
  "email",
  "phone",
  "externalId",
  "tags",
  "firstName",
  "lastName",
  "name",
  "companyName",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "source",
  "dateOfBirth",
] as const;

/** The map without a file: each part under its own name, which a header may spell with blanks, `_` or `-`. */
export const plainMap: ImportMap = {
  columns: {
    ...Object.fromEntries(parts.map((part) => [part, part])),
    email: ["email", "e-mail", "email address"],
    phone: ["phone", "phone number", "mobile"],
  },
};

/** @throws UsageError for a file that is missing, no YAML or no map. */
export async function readImportMap(path: string): Promise<ImportMap> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(error.code === "ENOENT" ? `There is no file ${path}.` : `${path} cannot be read: ${error.code ?? "it failed"}.`);
  });
  const value = parsed(path, text);
  if (!isRecord(value) || !isRecord(value["columns"]))
    throw new UsageError(`${path} needs columns: for each part of a contact the header of its column.`);
  const { columns, country, tags, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new UsageError(`${path}: a map has no ${printable(other)}. It has columns, country and tags.`);
  for (const [part, headers] of Object.entries(columns)) checkColumn(path, part, headers);
  if (!["email", "phone", "externalId"].some((part) => part in columns))
    throw new UsageError(`${path}: columns needs email, phone or externalId, by which a contact is known.`);
  if (country !== undefined && !(typeof country === "string" && /^[a-z]{2}$/i.test(country)))
    throw new UsageError(`${path}: country is a code such as US.`);
  if (tags !== undefined && !isTexts(tags)) throw new UsageError(`${path}: tags is a list of texts.`);
  return {
    columns: columns as ImportMap["columns"],
    ...(country !== undefined && { country }),
    ...(tags !== undefined && { tags: tags as string[] }),
  };
}

function parsed(path: string, text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is not YAML: ${error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error)}`);
  }
}

function checkColumn(path: string, part: string, headers: unknown): void {
  const isKnown = (parts as readonly string[]).includes(part) || /^fields\.[\w-]+$/.test(part);
  if (!isKnown) throw new UsageError(`${path}: a contact has no ${part}. It has ${parts.join(", ")}, and fields.<key>.`);
  if (typeof headers !== "string" && !isTexts(headers))
    throw new UsageError(`${path}: ${part} needs the header of its column, or a list of them.`);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
