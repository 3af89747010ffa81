import type { SourceDocument, SourceSchema } from "./source-document.ts";
import { pointerStep, SpecStop } from "./spec-stop.ts";
import { visitReferences } from "./visit-references.ts";

const prefix = "#/components/schemas/";

/** More than any schema of the vendor's by far. References that are shared again and again multiply. */
const mostParts = 200_000;

/**
 * Every reference leads to a schema of the document, and no schema is made of itself: a schema may hold itself in a field or as an item, but
 * not by references and alternatives alone. No schema has more than 200,000 parts once its references are followed.
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
  const sizes = new Map<string, number>();
  for (const name of Object.keys(schemas)) sizeOf(name);

  function follow(name: string, way: readonly string[]): void {
    if (way.includes(name)) {
      const circle = [...way.slice(way.indexOf(name)), name].join(" → ");
      throw new SpecStop(file, `/components/schemas${pointerStep(name)}`, `is made of itself: ${circle}`);
    }
    if (done.has(name)) return;
    for (const next of madeOf(schemas[name] as SourceSchema)) follow(next, [...way, name]);
    done.add(name);
  }

  /** Parts of a schema with those that it refers to. One that holds itself counts once. */
  function sizeOf(name: string): number {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    sizes.set(name, 0);
    let size = 0;
    visitReferences(schemas[name], ({ $ref }) => (size += 1 + sizeOf($ref.slice(prefix.length))));
    if (size > mostParts) {
      throw new SpecStop(
        file,
        `/components/schemas${pointerStep(name)}`,
        `has more than ${mostParts} parts once its references are followed`,
      );
    }
    sizes.set(name, size);
    return size;
  }
}

/** Names of the schemas that a schema consists of, fields and items left aside. */
function madeOf(schema: SourceSchema): readonly string[] {
  if (schema.$ref !== undefined) return [schema.$ref.slice(prefix.length)];
  return [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(madeOf);
}
