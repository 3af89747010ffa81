import { resolve, type OpenApiDocument, type Schema } from "./document.ts";

/** Schema of the items of a list that stands at a dotted path of an answer; `undefined` where the contract has none. */
export function itemSchema(document: OpenApiDocument, answer: Schema, path: string): Schema | undefined {
  let schema: Schema | undefined = resolve(document, answer);
  for (const name of path === "" ? [] : path.split(".")) {
    const next: Schema | undefined = propertyOf(document, schema, name);
    if (next === undefined) return undefined;
    schema = resolve(document, next);
  }
  return schema.items;
}

function propertyOf(document: OpenApiDocument, schema: Schema, name: string): Schema | undefined {
  if (schema.properties?.[name] !== undefined) return schema.properties[name];
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    const found = propertyOf(document, resolve(document, part), name);
    if (found !== undefined) return found;
  }
  return undefined;
}
