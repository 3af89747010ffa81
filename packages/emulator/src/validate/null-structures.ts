import type { OpenApiDocument } from "../contract/contract-source.ts";
import { resolve, type Schema } from "../contract/open-api.ts";

/**
 * A body without the lists and objects that are `null`, at any depth: the platform takes an optional `null` for absent, and what reads a list
 * expects one. Texts and numbers keep theirs, which can empty a field.
 */
export function withoutNullStructures(value: unknown, schema: Schema, document: OpenApiDocument): unknown {
  const { properties, items } = resolve<Schema>(document, schema) as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
  };
  if (Array.isArray(value)) return items === undefined ? value : value.map((one) => withoutNullStructures(one, items, document));
  if (typeof value !== "object" || value === null || properties === undefined) return value;
  const kept = Object.entries(value).filter(([name, inner]) => inner !== null || !isStructure(propertyOf(properties, name), document));
  return Object.fromEntries(
    kept.map(([name, inner]) => {
      const own = propertyOf(properties, name);
      return [name, own === undefined ? inner : withoutNullStructures(inner, own, document)];
    }),
  );
}

function propertyOf(properties: Readonly<Record<string, Schema>>, name: string): Schema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function isStructure(schema: Schema | undefined, document: OpenApiDocument): boolean {
  if (schema === undefined) return false;
  const { type, allOf } = resolve<Schema>(document, schema);
  return type === "array" || type === "object" || allOf !== undefined;
}
