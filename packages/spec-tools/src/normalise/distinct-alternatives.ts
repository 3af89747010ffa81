import { isDeepStrictEqual } from "node:util";
import { rewriteSchema } from "./rewrite-schema.ts";
import { walkSchemas } from "./schema-walk.ts";
import type { SourceDocument } from "./source-document.ts";

/** Drops alternatives that have become the same one, now that equal schemas share a name. */
export function distinctAlternatives(document: SourceDocument): void {
  walkSchemas(document, (schema) => {
    const alternatives = schema.anyOf;
    if (alternatives === undefined) return;
    const distinct = alternatives.filter((one, index) => alternatives.findIndex((other) => isDeepStrictEqual(one, other)) === index);
    if (distinct.length === alternatives.length) return;
    const [only, ...more] = distinct;
    if (only !== undefined && more.length === 0) {
      const { anyOf: _, ...rest } = schema;
      rewriteSchema(schema, { ...only, ...rest });
    } else schema.anyOf = distinct;
  });
}
