import type { OpenApiDocument } from "./document.ts";
import { readOperations } from "./operation-rows.ts";

/** Writes a whole document as JSON text in a module: parsed when first asked for, and untyped. */
export function emitDocument(document: OpenApiDocument): string {
  return `export const json: string =\n  ${JSON.stringify(JSON.stringify(document))};\n`;
}

/** Writes the map from a service slug to its document, and from the service part of an operation id to its slug. */
export function emitDocumentIndex(documents: ReadonlyMap<string, OpenApiDocument>): string {
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
    "export const loaders: Readonly<Record<string, () => Promise<{ readonly json: string }>>> = {",
    ...slugs.map((slug) => `  ${JSON.stringify(slug)}: () => import("./${slug}.ts"),`),
    "};",
    "",
    "/** Service part of an operation id → slug of its document. */",
    "export const slugs: Readonly<Record<string, string>> = {",
    ...[...pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([service, own]) => `  ${service}: ${JSON.stringify([...own][0])},`),
    "};",
    "",
  ].join("\n");
}
