import { resolve, type OpenApiDocument, type Schema } from "../generate/document.ts";

/** Deeper than this no answer has its records. */
const deepest = 2;

/**
 * Where the records of a list stand in its answer: dotted path, `""` for the root; `undefined` where no list is described.
 * An answer that says nothing at all is the list.
 */
export function listPath(document: OpenApiDocument, answer: Schema): string | undefined {
  const nodes = nodesOf(document, answer);
  return nodes.find(({ schema }) => schema.items !== undefined)?.path ?? (isOpen(nodes[0]?.schema) ? "" : undefined);
}

/**
 * Where the record stands in an answer: the object that has most of the record's properties. `undefined` for answers that only confirm.
 * @param words Names of the properties that requests of the resource carry.
 */
export function recordPath(document: OpenApiDocument, answer: Schema, words: ReadonlySet<string>): string | undefined {
  const nodes = nodesOf(document, answer);
  // A body that is a list of records is answered with the list.
  if (nodes[0]?.schema.items !== undefined) return "";
  const objects = nodes.filter(({ schema }) => schema.items === undefined);
  const [root] = objects;
  if (root === undefined) return undefined;
  if (isOpen(root.schema)) return "";
  const scored = objects.map((node) => ({ node, score: scoreOf(propertiesOf(document, node.schema), words) }));
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  if (best !== undefined && best.score > 0) return best.node.path;
  // A lone open object is the record: `{ data: {} }`.
  const open = objects.filter(({ schema }) => isOpen(schema));
  return open.length === 1 ? open[0]?.path : undefined;
}

function scoreOf(properties: readonly string[], words: ReadonlySet<string>): number {
  const known = properties.filter((name) => words.has(name)).length;
  const isRecord = properties.includes("_id") || properties.includes("id");
  return known === 0 ? (isRecord && properties.length > 3 ? 0.5 : 0) : known + (isRecord ? 0.5 : 0);
}

interface Node {
  readonly path: string;
  readonly schema: Schema;
}

/** The root and the properties below it, the shallow ones first. */
function nodesOf(document: OpenApiDocument, answer: Schema): readonly Node[] {
  let level: readonly Node[] = [{ path: "", schema: merged(document, answer) }];
  const nodes: Node[] = [];
  for (let depth = 0; depth <= deepest; depth += 1) {
    nodes.push(...level);
    level = level.flatMap(({ path, schema }) =>
      Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
        const next = merged(document, property);
        const isNode = next.items !== undefined || next.properties !== undefined || (isObject(next) && isOpen(next));
        return isNode ? [{ path: path === "" ? name : `${path}.${name}`, schema: next }] : [];
      }),
    );
  }
  return nodes;
}

/** The schema, or the first of its alternatives; members of `allOf` in one. */
function merged(document: OpenApiDocument, schema: Schema): Schema {
  const own = resolve(document, schema);
  const parts = (own.allOf ?? []).map((part) => merged(document, part));
  const first = (own.anyOf ?? own.oneOf ?? [])[0];
  if (parts.length === 0) return first === undefined ? own : merged(document, first);
  return { ...own, properties: Object.assign({}, own.properties, ...parts.map((part) => part.properties)) as Record<string, Schema> };
}

function propertiesOf(document: OpenApiDocument, schema: Schema): readonly string[] {
  return Object.keys(merged(document, schema).properties ?? {});
}

function isObject({ type }: Schema): boolean {
  return type === "object" || (Array.isArray(type) && type.includes("object"));
}

function isOpen(schema: Schema | undefined): boolean {
  if (schema === undefined) return false;
  const { properties, items, type } = schema;
  return items === undefined && Object.keys(properties ?? {}).length === 0 && (type === undefined || isObject(schema));
}
