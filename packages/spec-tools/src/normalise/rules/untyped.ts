import { inferSchema } from "../infer-schema.ts";
import { rewriteSchema } from "../rewrite-schema.ts";
import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

const shapeKeywords = ["$ref", "allOf", "anyOf", "oneOf", "enum", "x-unknown"];

/** A schema without a type: by its fields, by its example, or unknown. `any` is not a type. */
export const untyped: Rule = {
  name: "untyped",
  repairs: "schema without a type, given the one its fields or its example show, else unknown",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.type === "any") delete schema.type;
      if (schema.type !== undefined || shapeKeywords.some((keyword) => schema[keyword] !== undefined)) return;
      if (schema.properties !== undefined) schema.type = "object";
      else if (schema.items !== undefined) schema.type = "array";
      else if (schema.example !== undefined && schema.example !== null) Object.assign(schema, inferSchema(schema.example));
      else rewriteSchema(schema, { "x-unknown": true });
      repaired(pointer);
    });
  },
};
