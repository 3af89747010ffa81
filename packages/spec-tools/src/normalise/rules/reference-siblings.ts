import type { Rule } from "../rule.ts";
import { rewriteSchema } from "../rewrite-schema.ts";
import { walkSchemas } from "../schema-walk.ts";

/** OpenAPI 3.0 ignores whatever stands beside a `$ref`. */
export const referenceSiblings: Rule = {
  name: "reference-siblings",
  repairs: "keywords beside `$ref`, dropped",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (typeof schema.$ref !== "string" || Object.keys(schema).length === 1) return;
      rewriteSchema(schema, { $ref: schema.$ref });
      repaired(pointer);
    });
  },
};
