import type { Rule } from "../rule.ts";
import { rewriteSchema } from "../rewrite-schema.ts";
import { walkSchemas } from "../schema-walk.ts";

const meaningless = new Set(["allOf", "type", "description", "example", "title"]);

/** `allOf` of one member is how the vendor's generator puts a description beside a reference. */
export const singleAllOf: Rule = {
  name: "single-all-of",
  repairs: "`allOf` with one member, unwrapped",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      const [only, ...more] = schema.allOf ?? [];
      if (only === undefined || more.length > 0) return;
      const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !meaningless.has(keyword)));
      if (kept["properties"] !== undefined || kept["enum"] !== undefined || kept["required"] !== undefined) return;
      rewriteSchema(schema, { ...only, ...kept });
      repaired(pointer);
    });
  },
};
