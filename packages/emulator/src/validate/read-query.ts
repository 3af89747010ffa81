import type { QueryParameter, Schema } from "../contract/open-api.ts";

/** Query values in declared types. What does not convert stays text, for the validator to find. */
export function readQuery(text: string, parameters: readonly QueryParameter[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (text === "") return values;
  const given = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const key = name.replace(/\[\d*\]$/, "");
    given.set(key, [...(given.get(key) ?? []), value]);
  }
  const declared = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  for (const [name, texts] of given) {
    const parameter = declared.get(name);
    values[name] = parameter === undefined ? texts.at(-1) : convert(texts, parameter);
  }
  return values;
}

/** Form values in declared types. */
export function readForm(value: Readonly<Record<string, unknown>>, properties: Readonly<Record<string, Schema>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, given]) => {
      const schema = properties[name];
      const texts = (Array.isArray(given) ? given : [given]) as readonly string[];
      return [name, schema === undefined ? given : convert(texts, { name, schema, comma: false, required: false })];
    }),
  );
}

function convert(texts: readonly string[], { schema, comma }: QueryParameter): unknown {
  const types = typesOf(schema);
  const [only = "", ...others] = texts;
  const scalars = types.filter((type) => type !== "array");
  if (others.length === 0 && scalars.length === types.length) return convertOne(only, scalars);
  // A single value that is repeated reads as a list, which its type refuses.
  if (scalars.length === types.length) return texts;
  if (others.length === 0 && scalars.length > 0) return convertOne(only, scalars);
  // A list of one reads the same either way; a comma in it is taken as a separator only where the contract says so.
  const parts = comma ? texts.flatMap((text) => text.split(",")) : texts;
  return parts.map((part) => convertOne(part, typesOf(itemsOf(schema))));
}

/** Schema of the elements, of the schema itself or of the first alternative that is a list. */
function itemsOf(schema: Schema): Schema {
  const alternatives = (schema["anyOf"] ?? schema["oneOf"] ?? []) as readonly Schema[];
  return (schema["items"] ?? alternatives.find((alternative) => alternative["items"] !== undefined)?.["items"] ?? {}) as Schema;
}

function convertOne(text: string, types: readonly string[]): unknown {
  if (types.includes("string") || types.length === 0) return text;
  if ((types.includes("number") || types.includes("integer")) && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  return text;
}

function typesOf(schema: Schema): readonly string[] {
  const alternatives = (schema["anyOf"] ?? schema["oneOf"]) as readonly Schema[] | undefined;
  if (alternatives !== undefined) return alternatives.flatMap(typesOf);
  const { type } = schema as { type?: string | string[] };
  return type === undefined ? [] : Array.isArray(type) ? type : [type];
}
