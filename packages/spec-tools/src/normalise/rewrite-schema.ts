import type { SourceSchema } from "./source-document.ts";

/** Replaces the content of a schema in place, so that every holder of the object sees the new one. */
export function rewriteSchema(schema: SourceSchema, replacement: SourceSchema): void {
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, replacement);
}
