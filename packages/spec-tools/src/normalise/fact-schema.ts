import type { SourceSchema } from "./source-document.ts";

// The order in which a reader wants to see them. Words (description, title, example) are not facts and stay behind.
const keywords = [
  "$ref",
  "type",
  "format",
  "enum",
  "default",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "deprecated",
  "readOnly",
  "required",
  "x-unknown",
] as const;

/** The facts of a schema, in a fixed order, and nothing else. */
export function factSchema(schema: SourceSchema): SourceSchema {
  const facts: SourceSchema = {};
  for (const keyword of keywords) {
    const value = schema[keyword];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) {
      if (keyword !== "default" || value === undefined) continue;
    }
    (facts as Record<string, unknown>)[keyword] = value;
  }
  if (schema.properties) facts.properties = mapValues(schema.properties, factSchema);
  if (schema.items) facts.items = factSchema(schema.items);
  for (const keyword of ["allOf", "anyOf"] as const) {
    if (schema[keyword]) facts[keyword] = schema[keyword].map(factSchema);
  }
  const { additionalProperties } = schema;
  if (additionalProperties !== undefined) {
    facts.additionalProperties = typeof additionalProperties === "object" ? factSchema(additionalProperties) : additionalProperties;
  }
  return facts;
}

function mapValues<Value, Result>(record: Record<string, Value>, change: (value: Value) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
