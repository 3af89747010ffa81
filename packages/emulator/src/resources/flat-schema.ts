import type { OpenApiDocument } from "../contract/contract-source.ts";
import { resolve, type Schema } from "../contract/open-api.ts";
import type { Fields } from "../state/resource-record.ts";

/** A schema with its references followed and the members of `allOf` in one. */
export interface FlatSchema {
  readonly schema: Schema;
  /** `undefined` where none are described: such objects are open. */
  readonly properties: Readonly<Record<string, Schema>> | undefined;
  /** What answers always have. */
  readonly always: ReadonlySet<string>;
  readonly items: Schema | undefined;
  /** Schema of further properties. */
  readonly additional: Schema | undefined;
  readonly types: readonly string[];
  readonly alternatives: readonly Schema[];
}

const flattened = new WeakMap<Schema, FlatSchema>();

/** Flattens a schema; once per schema. */
export function flatSchema(schema: Schema, document: OpenApiDocument): FlatSchema {
  let flat = flattened.get(schema);
  if (flat === undefined) flattened.set(schema, (flat = flatten(schema, document)));
  return flat;
}

function flatten(schema: Schema, document: OpenApiDocument): FlatSchema {
  const parts = ((schema["allOf"] ?? []) as readonly Schema[]).map((part) => flatSchema(resolve<Schema>(document, part), document));
  const own = (schema["properties"] ?? {}) as Record<string, Schema>;
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {}), own) as Record<string, Schema>;
  const additional = schema["additionalProperties"];
  const types = typesOf(schema);
  return {
    schema,
    properties: Object.keys(properties).length === 0 ? undefined : properties,
    always: new Set([...parts.flatMap((part) => [...part.always]), ...((schema["x-always"] ?? schema["required"] ?? []) as string[])]),
    items: (schema["items"] as Schema | undefined) ?? (types[0] === "array" ? {} : undefined),
    additional: additional === true ? {} : isObject(additional) ? additional : undefined,
    types: types.length > 0 ? types : (parts[0]?.types ?? []),
    alternatives: ((schema["anyOf"] ?? schema["oneOf"] ?? []) as readonly Schema[]).map((one) => resolve<Schema>(document, one)),
  };
}

function typesOf({ type }: Schema): readonly string[] {
  return typeof type === "string" ? [type] : Array.isArray(type) ? (type as readonly string[]) : [];
}

/** The elements' schema. */
export function itemsOf({ items }: FlatSchema): Schema {
  return items ?? {};
}

/** The alternative that a value fits best, with what stands beside the alternatives; the schema itself where there are none. */
export function alternativeFor(own: FlatSchema, value: unknown, document: OpenApiDocument): FlatSchema {
  if (own.alternatives.length === 0) return own;
  const candidates = own.alternatives.map((schema) => flatSchema(schema, document)).filter(({ types }) => types[0] !== "null");
  const best = candidates.toSorted((a, b) => fit(b, value, document) - fit(a, value, document))[0];
  if (best === undefined) return own;
  const chosen = alternativeFor(best, value, document);
  if (own.properties === undefined) return chosen;
  const always = new Set([...own.always, ...chosen.always]);
  return { ...chosen, properties: { ...own.properties, ...chosen.properties }, always };
}

function fit(candidate: FlatSchema, value: unknown, document: OpenApiDocument): number {
  if (value === undefined) return 0;
  if (Array.isArray(value)) return candidate.items === undefined ? -1 : 1;
  if (!isObject(value))
    return candidate.types.includes(typeof value) || (candidate.types.includes("integer") && typeof value === "number") ? 1 : -1;
  if (candidate.properties === undefined) return candidate.types[0] === "object" ? 0.5 : -1;
  return Object.entries(candidate.properties).reduce((sum, [name, property]) => {
    if (value[name] === undefined) return candidate.always.has(name) ? sum - 1 : sum;
    return sum + (isForeign(resolve<Schema>(document, property), value[name]) ? -5 : 1);
  }, 0);
}

/** A closed list of values that does not have this one: the discriminator of another alternative. */
function isForeign(property: Schema, value: unknown): boolean {
  const values = property["enum"] as readonly unknown[] | undefined;
  if (property["const"] !== undefined) return property["const"] !== value;
  return values !== undefined && typeof value === "string" && !values.includes(value);
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
