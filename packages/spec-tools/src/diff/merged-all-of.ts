import type { Schema } from "../generate/document.ts";

/** A combination of objects as one object, so that moving a field between its members is no difference. Others stay as they are. */
export function mergedAllOf(schema: Schema): Schema {
  const { allOf, ...rest } = schema;
  if (allOf === undefined) return schema;
  const members = [...allOf.map(mergedAllOf), ...(Object.keys(rest).length === 0 ? [] : [rest])];
  if (!members.every(isPlainObject)) return schema;
  return members.reduce<Schema>(
    (merged, one) => ({
      ...merged,
      ...one,
      type: "object",
      properties: { ...merged.properties, ...one.properties },
      ...listed("required", merged, one),
      ...listed("x-always", merged, one),
    }),
    {},
  );
}

function listed(keyword: "required" | "x-always", one: Schema, other: Schema): Partial<Schema> {
  const names = new Set([...(one[keyword] ?? []), ...(other[keyword] ?? [])]);
  return names.size === 0 ? {} : { [keyword]: [...names] };
}

function isPlainObject(schema: Schema): boolean {
  return (
    schema.anyOf === undefined &&
    schema.allOf === undefined &&
    schema.$ref === undefined &&
    (schema.type === undefined || schema.type === "object")
  );
}
