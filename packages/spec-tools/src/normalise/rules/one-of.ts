import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

/** Nothing distinguishes the alternatives, and some values match several: `anyOf` is correct. */
export const oneOf: Rule = {
  name: "one-of",
  repairs: "`oneOf` without a discriminator, made `anyOf`",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      if (schema.oneOf === undefined) return;
      schema.anyOf = [...(schema.anyOf ?? []), ...schema.oneOf];
      delete schema.oneOf;
      repaired(pointer);
    });
  },
};
