import { refName, type Schema } from "./document.ts";

type Schemas = Readonly<Record<string, Schema>>;

/** Names of the schemas that stand in both documents in the same words, in the order of the first one. */
export function equalSchemas(one: Schemas, other: Schemas): readonly string[] {
  return Object.keys(one).filter((name) => name in other && JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

/** Names of the schemas that mean the same in both documents: they are equal, and so is every schema that they lead to. */
export function sameSchemas(one: Schemas, other: Schemas): readonly string[] {
  let names = equalSchemas(one, other);
  for (;;) {
    const known = new Set(names);
    const closed = names.filter((name) => references(one[name]).every((reference) => known.has(reference)));
    if (closed.length === names.length) return closed;
    names = closed;
  }
}

/** Names of the components that a schema refers to. */
function references(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const reference = (value as Schema).$ref;
  return [...(typeof reference === "string" ? [refName(reference)] : []), ...Object.values(value).flatMap(references)];
}
