import type { OpenApiDocument } from "../contract/contract-source.ts";
import { resolve, type Schema } from "../contract/open-api.ts";
import { sampleText, type SampleContext } from "./sample-text.ts";

/** Below this depth optional properties are left out, so that schemas that contain themselves come to an end. */
const maximumDepth = 6;

/** A value that fits a schema: the same one for the same context. */
export function sampleValue(schema: Schema, document: OpenApiDocument, context: SampleContext): unknown {
  return sample(schema, document, context, { name: "", depth: 0, copy: 0, open: new Set() });
}

interface Position {
  /** Name of the property the value is for. */
  readonly name: string;
  readonly depth: number;
  /** Number of the element in a list whose elements must differ. */
  readonly copy: number;
  /** References that are being expanded. */
  readonly open: ReadonlySet<string>;
}

function sample(schema: Schema, document: OpenApiDocument, context: SampleContext, at: Position): unknown {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    if (at.open.has(reference) && at.depth > maximumDepth * 2) return {};
    const next = { ...at, open: new Set([...at.open, reference]) };
    return sample(resolve<Schema>(document, schema), document, context, next);
  }
  if (schema["const"] !== undefined) return schema["const"];
  const values = schema["enum"] as readonly unknown[] | undefined;
  if (values !== undefined && values.length > 0) return values[0];
  if (Array.isArray(schema["allOf"])) return sampleAllOf(schema, document, context, at);
  const alternatives = (schema["oneOf"] ?? schema["anyOf"]) as readonly Schema[] | undefined;
  if (alternatives !== undefined && alternatives.length > 0) return sampleAlternative(alternatives, schema, document, context, at);
  switch (typeOf(schema)) {
    case "object":
      return sampleObject(schema, document, context, at);
    case "array":
      return sampleArray(schema, document, context, at);
    case "string":
      return sampleText(schema, at.copy > 0 ? `${at.name} ${at.copy + 1}` : at.name, context);
    case "integer":
    case "number":
      return sampleNumber(schema);
    case "boolean":
      return true;
    default:
      return null;
  }
}

function typeOf(schema: Schema): string | undefined {
  const { type } = schema as { type?: string | readonly string[] };
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return (type as readonly string[]).find((name) => name !== "null") ?? "null";
  if (schema["properties"] !== undefined || schema["additionalProperties"] !== undefined) return "object";
  if (schema["items"] !== undefined) return "array";
  // Nothing is said: an object can carry a `traceId`.
  return "object";
}

function sampleAllOf(schema: Schema, document: OpenApiDocument, context: SampleContext, at: Position): unknown {
  const { allOf, ...own } = schema;
  const parts = [...(allOf as readonly Schema[]), ...(Object.keys(own).length > 0 ? [own] : [])].map((part) =>
    sample(part, document, context, at),
  );
  const records = parts.filter((part) => typeof part === "object" && part !== null && !Array.isArray(part));
  return records.length > 0 ? (Object.assign({}, ...records) as unknown) : parts[0];
}

function sampleAlternative(
  alternatives: readonly Schema[],
  schema: Schema,
  document: OpenApiDocument,
  context: SampleContext,
  at: Position,
): unknown {
  const first = alternatives.find((alternative) => alternative["type"] !== "null") ?? {};
  const value = sample(first, document, context, at);
  if (schema["properties"] === undefined || typeof value !== "object" || value === null) return value;
  return { ...sampleObject(schema, document, context, at), ...value };
}

function sampleObject(schema: Schema, document: OpenApiDocument, context: SampleContext, at: Position): Record<string, unknown> {
  const required = (schema["required"] ?? []) as readonly string[];
  const result: Record<string, unknown> = {};
  for (const [name, property] of Object.entries((schema["properties"] ?? {}) as Record<string, Schema>)) {
    const isNeeded = required.includes(name);
    const loops = typeof property["$ref"] === "string" && at.open.has(property["$ref"]);
    if (!isNeeded && (at.depth >= maximumDepth || loops)) continue;
    result[name] = sample(property, document, context, { ...at, name, depth: at.depth + 1 });
  }
  return result;
}

function sampleArray(schema: Schema, document: OpenApiDocument, context: SampleContext, at: Position): unknown[] {
  const { items = { type: "string" }, minItems } = schema as { items?: Schema; minItems?: number };
  const loops = typeof items["$ref"] === "string" && at.open.has(items["$ref"]);
  const count = Math.max(minItems ?? 0, loops || at.depth >= maximumDepth ? 0 : 1);
  const isSet = schema["uniqueItems"] === true;
  const next = { ...at, name: at.name.replace(/s$/, ""), depth: at.depth + 1 };
  return Array.from({ length: count }, (_, copy) => sample(items, document, context, isSet ? { ...next, copy } : next));
}

function sampleNumber(schema: Schema): number {
  const { minimum, maximum, exclusiveMinimum } = schema as { minimum?: number; maximum?: number; exclusiveMinimum?: number };
  const low = minimum ?? (exclusiveMinimum === undefined ? 1 : exclusiveMinimum + 1);
  return maximum === undefined ? low : Math.min(low, maximum);
}
