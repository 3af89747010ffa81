import type { OpenApiDocument, Schema } from "../generate/document.ts";

/**
 * A schema with its references put in place, so that two can be compared whatever their components are called.
 * @throws Error when that makes it larger than any schema could be.
 */
export function inlineSchema(document: OpenApiDocument, schema: Schema): Schema {
  return inlined(document, schema, [], { left: mostParts });
}

/** More than any schema of the contract by far. References that are shared again and again multiply. */
const mostParts = 200_000;

interface Budget {
  left: number;
}

function inlined(document: OpenApiDocument, schema: Schema, open: readonly string[], budget: Budget): Schema {
  budget.left -= 1;
  if (budget.left < 0)
    throw new Error(`${document.info.title}: a schema has more than ${mostParts} parts once its references are followed`);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    // A schema that holds itself is compared down to itself.
    if (open.includes(name)) return { $ref: `^${open.length - open.indexOf(name)}` };
    return inlined(document, document.components?.schemas?.[name] ?? {}, [...open, name], budget);
  }
  const result: Record<string, unknown> = { ...schema };
  if (schema.properties) {
    result["properties"] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, one]) => [name, inlined(document, one, open, budget)]),
    );
  }
  if (schema.items) result["items"] = inlined(document, schema.items, open, budget);
  for (const keyword of ["allOf", "anyOf"] as const) {
    if (schema[keyword]) result[keyword] = schema[keyword].map((one) => inlined(document, one, open, budget));
  }
  if (typeof schema.additionalProperties === "object")
    result["additionalProperties"] = inlined(document, schema.additionalProperties, open, budget);
  return result;
}
