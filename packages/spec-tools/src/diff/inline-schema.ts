import type { OpenApiDocument, Schema } from "../generate/document.ts";

/** A schema with its references put in place, so that two can be compared whatever their components are called. */
export function inlineSchema(document: OpenApiDocument, schema: Schema, open: readonly string[] = []): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    // A schema that holds itself is compared down to itself.
    if (open.includes(name)) return { $ref: `^${open.length - open.indexOf(name)}` };
    return inlineSchema(document, document.components?.schemas?.[name] ?? {}, [...open, name]);
  }
  const inlined: Record<string, unknown> = { ...schema };
  if (schema.properties) {
    inlined["properties"] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, one]) => [name, inlineSchema(document, one, open)]),
    );
  }
  if (schema.items) inlined["items"] = inlineSchema(document, schema.items, open);
  for (const keyword of ["allOf", "anyOf"] as const) {
    if (schema[keyword]) inlined[keyword] = schema[keyword].map((one) => inlineSchema(document, one, open));
  }
  if (typeof schema.additionalProperties === "object")
    inlined["additionalProperties"] = inlineSchema(document, schema.additionalProperties, open);
  return inlined;
}
