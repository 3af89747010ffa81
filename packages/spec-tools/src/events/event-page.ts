import { factSchema } from "../normalise/fact-schema.ts";
import { inferSchema } from "../normalise/infer-schema.ts";
import type { Json, JsonObject, SourceSchema } from "../normalise/source-document.ts";

/** Shape of a webhook body as a vendor page gives it: its schema if it has one, else the shape of its examples. */
export function eventSchema(page: string): SourceSchema | undefined {
  const blocks = [...page.matchAll(/```(?:json\w*)?[^\n]*\n([\s\S]*?)```/g)].flatMap((match) => parseBlock(match[1] as string));
  const schema = blocks.find((block) => block["type"] === "object" && typeof block["properties"] === "object");
  const examples = blocks.filter((block) => block !== schema);
  const known = schema === undefined ? undefined : factSchema(schema as SourceSchema);
  const [first, ...more] = examples.map((example) => inferSchema(example as Json));
  const shown = more.reduce<SourceSchema | undefined>(
    (merged, one) => ({ ...merged, properties: { ...one.properties, ...merged?.properties } }),
    first,
  );
  if (known === undefined && shown === undefined) return undefined;
  return { type: "object", properties: { ...shown?.properties, ...known?.properties } };
}

/** Value of `type` that the examples of a page agree on. */
export function eventType(page: string): string | undefined {
  const values = new Set([...page.matchAll(/"type"\s*:\s*"([A-Z]\w+)"/g)].map((match) => match[1] as string));
  return values.size === 1 ? [...values][0] : undefined;
}

/** Pages hold examples that are no JSON: those say nothing. */
function parseBlock(text: string): JsonObject[] {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? [value] : [];
  } catch {
    return [];
  }
}
