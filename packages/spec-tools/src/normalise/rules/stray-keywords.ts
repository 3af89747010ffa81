import type { Rule } from "../rule.ts";
import { walkSchemas } from "../schema-walk.ts";

/** `schema` inside a schema and `examples` of 3.1 in a 3.0 document say nothing. */
export const strayKeywords: Rule = {
  name: "stray-keyword",
  repairs: "keyword that a schema cannot have (`schema`, `examples`), dropped",
  apply({ document, repaired }) {
    walkSchemas(document, (schema, pointer) => {
      for (const keyword of ["schema", "examples"]) {
        if (schema[keyword] === undefined) continue;
        delete schema[keyword];
        repaired(pointer, keyword);
      }
    });
  },
};
