import { isDeepStrictEqual } from "node:util";
import type { Schema } from "../generate/document.ts";

// Each member adds to these.
const adding = new Set(["properties", "required", "x-always"]);

/**
 * A combination of objects as one object, so that moving a field between its members is no difference. It stays a combination where a member
 * is no plain object, or where two say different things of one field or keyword.
 */
export function mergedAllOf(schema: Schema): Schema {
  const { allOf, ...rest } = schema;
  if (allOf === undefined) return schema;
  const members = [...allOf.map(mergedAllOf), ...(Object.keys(rest).length === 0 ? [] : [rest])];
  if (!members.every(isPlainObject)) return schema;
  return members.reduce<Schema | undefined>((merged, one) => merged && together(merged, one), { type: "object" }) ?? schema;
}

/** Both schemas at once; `undefined` where they say different things. */
export function together(one: Schema, other: Schema): Schema | undefined {
  const shared = Object.keys(other).filter((keyword) => keyword in one && !adding.has(keyword));
  if (!shared.every((keyword) => isDeepStrictEqual(one[keyword], other[keyword]))) return undefined;
  const fields = Object.keys(other.properties ?? {}).filter((name) => Object.hasOwn(one.properties ?? {}, name));
  if (!fields.every((name) => isDeepStrictEqual(one.properties?.[name], other.properties?.[name]))) return undefined;
  const properties = { ...one.properties, ...other.properties };
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...listed("required", one, other),
    ...listed("x-always", one, other),
  };
}

function listed(keyword: "required" | "x-always", one: Schema, other: Schema): Partial<Schema> {
  const names = new Set([...(one[keyword] ?? []), ...(other[keyword] ?? [])]);
  return names.size === 0 ? {} : { [keyword]: [...names] };
}

function isPlainObject(schema: Schema): boolean {
  const { type, anyOf, allOf, $ref } = schema;
  return anyOf === undefined && allOf === undefined && $ref === undefined && (type === undefined || type === "object");
}
