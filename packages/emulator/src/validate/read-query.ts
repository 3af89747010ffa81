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

function convert(texts: readonly string[], { schema, comma }: QueryParameter): unknown {
  const types = typesOf(schema);
  if (types.includes("array")) {
    // A list of one reads the same either way; a comma in it is taken as a separator only where the contract says so.
    const parts = comma ? texts.flatMap((text) => text.split(",")) : texts;
    const items = (schema["items"] ?? {}) as Schema;
    return parts.map((part) => convertOne(part, typesOf(items)));
  }
  return convertOne(texts.at(-1) as string, types);
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
