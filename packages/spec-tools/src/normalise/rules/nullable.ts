import { rewriteSchema } from "../rewrite-schema.ts";
import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

/** `nullable` of 3.0 in the words of 3.1. */
export const nullable: Rule = {
  name: "nullable",
  repairs: "`nullable` of OpenAPI 3.0, written as 3.1 wants it",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      const stated = schema.nullable;
      delete schema.nullable;
      if (stated !== true) return;
      repaired(pointer);
      if (typeof schema.type === "string") {
        schema.type = [schema.type, "null"];
        if (schema.enum !== undefined && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
      } else if (schema.anyOf !== undefined) schema.anyOf.push({ type: "null" });
      else if (schema["x-unknown"] !== true) rewriteSchema(schema, { anyOf: [{ ...schema }, { type: "null" }] });
    });
  },
};
