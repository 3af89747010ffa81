import type { SourceDocument, SourceSchema } from "./source-document.ts";
import { pointerStep, SpecStop } from "./spec-stop.ts";
import { visitReferences } from "./visit-references.ts";

const prefix = "#/components/schemas/";

/**
 * Every reference leads to a schema of the document, and no schema is made of itself: a schema may hold itself in a field or as an item, but
 * not by references and alternatives alone.
 * @throws SpecStop
 */
export function assertReferences(file: string, document: SourceDocument): void {
  const { schemas } = document.components;
  visitReferences(document, ({ $ref }, pointer) => {
    const name = $ref.startsWith(prefix) ? $ref.slice(prefix.length) : undefined;
    if (name === undefined || !Object.hasOwn(schemas, name))
      throw new SpecStop(file, pointer, `the reference ${JSON.stringify($ref)} leads nowhere`);
  });
  const done = new Set<string>();
  for (const name of Object.keys(schemas)) follow(name, []);

  function follow(name: string, way: readonly string[]): void {
    if (way.includes(name)) {
      const circle = [...way.slice(way.indexOf(name)), name].join(" → ");
      throw new SpecStop(file, `/components/schemas${pointerStep(name)}`, `is made of itself: ${circle}`);
    }
    if (done.has(name)) return;
    for (const next of madeOf(schemas[name] as SourceSchema)) follow(next, [...way, name]);
    done.add(name);
  }
}

/** Names of the schemas that a schema consists of, fields and items left aside. */
function madeOf(schema: SourceSchema): readonly string[] {
  if (schema.$ref !== undefined) return [schema.$ref.slice(prefix.length)];
  return [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(madeOf);
}
