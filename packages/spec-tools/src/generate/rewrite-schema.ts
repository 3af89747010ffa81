import type { Schema } from "./document.ts";

/** Changes a schema and every schema inside it. */
export function rewriteSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const changed = change(schema);
  const deep = (value: Schema): Schema => rewriteSchema(value, change);
  return {
    ...changed,
    ...(changed.properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(changed.properties).map(([name, one]) => [name, deep(one)])) }),
    ...(changed.items === undefined ? {} : { items: deep(changed.items) }),
    ...(changed.allOf === undefined ? {} : { allOf: changed.allOf.map(deep) }),
    ...(changed.anyOf === undefined ? {} : { anyOf: changed.anyOf.map(deep) }),
    ...(changed.oneOf === undefined ? {} : { oneOf: changed.oneOf.map(deep) }),
    ...(typeof changed.additionalProperties === "object" ? { additionalProperties: deep(changed.additionalProperties) } : {}),
  };
}
