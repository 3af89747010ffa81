import type { OpenApiDocument } from "../contract/contract-source.ts";
import { resolve, type Schema } from "../contract/open-api.ts";
import { sampleValue } from "../sample/sample-value.ts";
import { alternativeFor, flatSchema, isObject, itemsOf, type FlatSchema } from "./flat-schema.ts";

/** What projections need besides schema and value. */
export interface Projection {
  readonly document: OpenApiDocument;
  readonly nowIso: string;
}

/** Deeper than this nothing is filled in. */
const deepest = 24;

/**
 * Shows a value in the shape of a schema: what the schema does not name is left out, what an answer always has is filled in.
 * Objects without described properties are shown as they are.
 */
export function project(schema: Schema, value: unknown, projection: Projection): unknown {
  return shape(schema, value, "", 0, projection);
}

function shape(schema: Schema, value: unknown, name: string, depth: number, projection: Projection): unknown {
  const { document } = projection;
  const own = alternativeFor(flatSchema(resolve<Schema>(document, schema), document), value, document);
  if (value === null) return own.types.includes("null") || own.types.length === 0 ? null : fallback(own, name, depth, projection);
  if (own.items !== undefined) return shapeList(own, value, name, depth, projection);
  if (own.properties !== undefined) return shapeObject(own, value, name, depth, projection);
  return shapeScalar(own, value);
}

function shapeList(own: FlatSchema, value: unknown, name: string, depth: number, projection: Projection): unknown {
  const items = itemsOf(own);
  if (typeof value === "number") return [isScalar(items) ? String(value) : shape(items, { total: value }, name, depth + 1, projection)];
  const values = Array.isArray(value) ? value : [value];
  return values.map((item) => shape(items, item, name, depth + 1, projection));
}

function isScalar({ type }: Schema): boolean {
  return type === "string";
}

function shapeObject(own: FlatSchema, value: unknown, name: string, depth: number, projection: Projection): unknown {
  const source = typeof value === "number" ? { total: value } : value;
  // A text where an object is described: the two generations differ, and neither form can be made of the other.
  if (!isObject(source)) return depth === 0 ? source : undefined;
  if (depth > deepest) return {};
  const result: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(own.properties ?? {})) {
    const given = source[key] === undefined ? undefined : shape(property, source[key], key, depth + 1, projection);
    if (given !== undefined) result[key] = given;
    else if (own.always.has(key)) result[key] = missing(property, key, depth + 1, projection);
  }
  if (own.additional === undefined) return result;
  for (const [key, given] of Object.entries(source)) {
    if (own.properties?.[key] === undefined && given !== undefined) result[key] = shape(own.additional, given, key, depth + 1, projection);
  }
  return result;
}

/** Numbers are written as texts and texts as numbers where the schema wants that, days as moments; everything else stays as it is. */
function shapeScalar({ types, schema }: FlatSchema, value: unknown): unknown {
  const [only] = types.filter((type) => type !== "null");
  if (types.length === 0 || types.includes(typeof value)) {
    if (schema["format"] === "date-time" && typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return `${value}T00:00:00.000Z`;
    return value;
  }
  if (only === "string" && (typeof value === "number" || typeof value === "boolean")) return wordFor(schema, value);
  if ((only === "number" || only === "integer") && typeof value === "string") return numberFor(value);
  if ((only === "number" || only === "integer") && typeof value === "boolean") return value ? 1 : 0;
  if (only === "boolean" && (typeof value === "string" || typeof value === "number"))
    return value !== "" && value !== "false" && value !== 0;
  return value;
}

/** Success as a word. */
function wordFor(schema: Schema, value: number | boolean): string {
  const [first] = (schema["enum"] ?? []) as readonly unknown[];
  return value === true ? String(first ?? "success") : String(value);
}

/** A count, or the milliseconds of a moment. */
function numberFor(text: string): unknown {
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number)) return number;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? text : moment;
}

function missing(property: Schema, name: string, depth: number, projection: Projection): unknown {
  const own = alternativeFor(
    flatSchema(resolve<Schema>(projection.document, property), projection.document),
    undefined,
    projection.document,
  );
  return fallback(own, name, depth, projection);
}

/** What stands where nothing is known: the schema's default, else the least that fits. */
function fallback(own: FlatSchema, name: string, depth: number, projection: Projection): unknown {
  const { schema } = own;
  if (schema["default"] !== undefined) return schema["default"];
  if (own.items !== undefined) return [];
  if (own.properties !== undefined) return shapeObject(own, {}, name, depth, projection);
  const [type] = own.types;
  if (own.types.includes("null")) return null;
  if (type === "boolean") return false;
  if ((type === "number" || type === "integer") && schema["minimum"] === undefined) return 0;
  if (type === "string" && schema["enum"] === undefined && schema["format"] === undefined && schema["pattern"] === undefined) {
    return schema["minLength"] === undefined ? "" : sampled(schema, name, projection);
  }
  return type === undefined || type === "object" ? {} : sampled(schema, name, projection);
}

function sampled(schema: Schema, name: string, { document, nowIso }: Projection): unknown {
  return sampleValue(schema, document, { seed: name, known: {}, nowIso });
}
