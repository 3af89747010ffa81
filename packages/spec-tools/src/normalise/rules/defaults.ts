import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";
import type { Json, SourceSchema } from "../source-document.ts";

/** A default the field itself could not hold is no fact. */
export const defaultContradicts: Rule = {
  name: "default-contradicts",
  repairs: "default that contradicts the type or the enum, dropped",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.default === undefined || fits(schema, schema.default)) return;
      delete schema.default;
      repaired(pointer);
    });
  },
};

function fits(schema: SourceSchema, value: Json): boolean {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const typed = types.length === 0 || types.includes(type) || (type === "number" && types.includes("integer"));
  return typed && (schema.enum === undefined || schema.enum.includes(value));
}
