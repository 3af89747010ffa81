import type { OpenApiDocument, Schema } from "./document.ts";
import type { GeneratedFiles } from "./generated-files.ts";
import { readOperations } from "./operation-rows.ts";
import { equalSchemas } from "./same-schemas.ts";

type Documents = ReadonlyMap<string, OpenApiDocument>;

const folder = "packages/contract-documents/src/generated";

/** Adds the documents of both generations, by slug. A schema that both generations of a service have in the same words is written once. */
export function addDocuments(files: GeneratedFiles, v3: Documents, v2: Documents): void {
  const shared = new Map<string, readonly string[]>();
  for (const [slug, document] of v3) {
    const names = equalSchemas(schemasOf(document), schemasOf(v2.get(slug)));
    if (names.length === 0) continue;
    shared.set(slug, names);
    files.add(`${folder}/shared/${slug}.ts`, emitJson(Object.fromEntries(names.map((name) => [name, schemasOf(document)[name]]))));
  }
  files.add(`${folder}/shared/index.ts`, emitLoaders([...shared.keys()]));
  for (const [generation, documents] of Object.entries({ v3, v2 })) {
    for (const [slug, document] of documents)
      files.add(`${folder}/${generation}/${slug}.ts`, emitJson(withoutSchemas(document, shared.get(slug) ?? [])));
    files.add(`${folder}/${generation}/index.ts`, emitDocumentIndex(documents));
  }
}

function schemasOf(document: OpenApiDocument | undefined): Readonly<Record<string, Schema>> {
  return document?.components?.schemas ?? {};
}

/** `null` keeps the place of each schema that is left out. */
function withoutSchemas(document: OpenApiDocument, names: readonly string[]): unknown {
  if (names.length === 0) return document;
  const schemas = { ...schemasOf(document), ...Object.fromEntries(names.map((name) => [name, null])) };
  return { ...document, components: { ...document.components, schemas } };
}

/** JSON text in a module: parsed when it is first asked for. */
function emitJson(value: unknown): string {
  return `export const json: string =\n  ${JSON.stringify(JSON.stringify(value))};\n`;
}

/** The map from a slug to its module. */
function emitLoaders(slugs: readonly string[]): string {
  return [
    "export const loaders: Readonly<Record<string, () => Promise<{ readonly json: string }>>> = {",
    ...slugs.toSorted().map((slug) => `  ${JSON.stringify(slug)}: () => import("./${slug}.ts"),`),
    "};",
    "",
  ].join("\n");
}

/** The map from a slug to its document, and from the service part of an operation id to its slug. */
function emitDocumentIndex(documents: Documents): string {
  const slugs = [...documents.keys()].toSorted();
  const pairs = new Map<string, Set<string>>();
  for (const slug of slugs) {
    for (const { row } of readOperations(documents.get(slug) as OpenApiDocument)) {
      const service = row.id.slice(0, row.id.indexOf("."));
      pairs.set(service, (pairs.get(service) ?? new Set()).add(slug));
    }
  }
  const clash = [...pairs].find(([, own]) => own.size > 1);
  if (clash !== undefined) throw new Error(`Service ${clash[0]} stands in several documents: ${[...clash[1]].join(", ")}`);
  return [
    emitLoaders(slugs),
    "/** Service part of an operation id → slug of its document. */",
    "export const slugs: Readonly<Record<string, string>> = {",
    ...[...pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([service, own]) => `  ${service}: ${JSON.stringify([...own][0])},`),
    "};",
    "",
  ].join("\n");
}
