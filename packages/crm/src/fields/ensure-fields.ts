import type { CreateCustomFields } from "@ghlkit/contract/types/locations";
import { ghlError } from "@ghlkit/core";
import { createFields, type FieldsClient } from "./create-fields.ts";
import { fieldDataType, type FieldDataType, type FieldDefinition } from "./field-definition.ts";

/** A field that a location should have. */
export interface WantedField {
  readonly model: "contact" | "opportunity";
  /** `plan` of `contact.plan`. The platform makes the key of a new field from its name. */
  readonly key: string;
  readonly name: string;
  readonly dataType: Exclude<FieldDataType, "UNKNOWN">;
  /** Choices, or labels of text boxes. */
  readonly options?: readonly string[];
  readonly maxFiles?: number;
}

/** Where a location differs from what is wanted; nothing of that is changed. */
export interface FieldDifference {
  readonly model: WantedField["model"];
  readonly key: string;
  /** `key`: a new field got another key than the one wanted. The platform changes neither type nor key afterwards. */
  readonly what: "data_type" | "missing_options" | "more_options" | "key";
  readonly wanted: string;
  readonly found: string;
}

/** What a location lacks, what was made of that, and where it differs. */
export interface EnsuredFields {
  /** `lacking`: fields are missing, and `apply` is off. `different`: nothing is missing, but see `differences`. */
  readonly outcome: "complete" | "created" | "lacking" | "different";
  readonly missing: readonly WantedField[];
  readonly created: readonly FieldDefinition[];
  readonly differences: readonly FieldDifference[];
}

/**
 * Compares the fields of a location with those wanted, and creates what it lacks when `apply` is on. Nothing is changed or removed.
 * @throws GhlError `invalid_request` for a type that there is not, and a field that is wanted twice.
 */
export async function ensureFields(
  location: FieldsClient,
  wanted: readonly WantedField[],
  { apply }: { readonly apply: boolean },
): Promise<EnsuredFields> {
  checkWanted(wanted);
  const fields = createFields(location);
  const missing: WantedField[] = [];
  const differences: FieldDifference[] = [];
  for (const want of wanted) {
    const found = knownField(want, await fields.list(want.model));
    if (found === undefined) missing.push(want);
    else differences.push(...differencesOf(want, found));
  }
  const created: FieldDefinition[] = [];
  if (apply && missing.length > 0) {
    for (const want of missing) await location.locations.createCustomField({ body: createBody(want) });
    fields.refresh();
    for (const want of missing) {
      const made = knownField(want, await fields.list(want.model));
      if (made === undefined) continue;
      created.push(made);
      differences.push(...differencesOf(want, made));
    }
  }
  return { outcome: outcomeOf({ apply, missing, created, differences }), missing, created, differences };
}

/** @throws GhlError `invalid_request` before anything is created, for a type that there is not and a field that is wanted twice. */
function checkWanted(wanted: readonly WantedField[]): void {
  const seen = new Set<string>();
  for (const { model, key, dataType } of wanted) {
    const name = `${model}.${key}`;
    if (fieldDataType(dataType) === "UNKNOWN")
      throw ghlError("invalid_request", `ensureFields: ${name} has the unknown type ${dataType}.`, {});
    if (seen.has(name)) throw ghlError("invalid_request", `ensureFields: ${name} is wanted twice.`, {});
    seen.add(name);
  }
}

function outcomeOf({
  apply,
  missing,
  created,
  differences,
}: Omit<EnsuredFields, "outcome"> & { readonly apply: boolean }): EnsuredFields["outcome"] {
  if (missing.length > created.length || (missing.length > 0 && !apply)) return "lacking";
  if (differences.length > 0) return "different";
  return created.length > 0 ? "created" : "complete";
}

/** By key; a field that people renamed keeps its key, one that they made by hand may have the name alone. */
function knownField(want: WantedField, definitions: readonly FieldDefinition[]): FieldDefinition | undefined {
  const fold = (name: string): string => name.trim().toLowerCase();
  return definitions.find(({ key }) => key === want.key) ?? definitions.find(({ name }) => fold(name) === fold(want.name));
}

function differencesOf(want: WantedField, found: FieldDefinition): readonly FieldDifference[] {
  const { model, key, options = [] } = want;
  const known = found.options.map(({ label }) => label);
  const lacks = options.filter((option) => !known.includes(option));
  const more = known.filter((option) => !options.includes(option));
  const about = (what: FieldDifference["what"], wanted: string, is: string): FieldDifference => ({ model, key, what, wanted, found: is });
  return [
    ...(found.key === key ? [] : [about("key", key, found.key)]),
    ...(found.dataType === want.dataType ? [] : [about("data_type", want.dataType, found.dataType)]),
    ...(lacks.length === 0 ? [] : [about("missing_options", lacks.join(", "), known.join(", "))]),
    ...(options.length === 0 || more.length === 0 ? [] : [about("more_options", options.join(", "), more.join(", "))]),
  ];
}

function createBody({ model, name, dataType, options, maxFiles }: WantedField): CreateCustomFields {
  const boxes = options?.map((label, position) => ({ label, prefillValue: "", position }));
  const choices = dataType === "TEXTBOX_LIST" ? { textBoxListOptions: boxes ?? [] } : { options: [...(options ?? [])] };
  return {
    name,
    dataType,
    model,
    ...(options !== undefined && choices),
    ...(maxFiles !== undefined && { isMultipleFile: maxFiles > 1, maxNumberOfFiles: maxFiles }),
  };
}

/** The fields of a location as `ensureFields` takes them for another one. Fields of an unknown type are left out. */
export async function wantedFields(location: FieldsClient): Promise<readonly WantedField[]> {
  const fields = createFields(location);
  const all = [...(await fields.list("contact")), ...(await fields.list("opportunity"))];
  return all.flatMap((field) => wantedField(field) ?? []);
}

function wantedField({ model, key, name, dataType, options, maxFiles }: FieldDefinition): WantedField | undefined {
  if (dataType === "UNKNOWN" || (model !== "contact" && model !== "opportunity")) return undefined;
  return {
    model,
    key,
    name,
    dataType,
    ...(options.length > 0 && { options: options.map(({ label }) => label) }),
    ...(maxFiles !== undefined && { maxFiles }),
  };
}
