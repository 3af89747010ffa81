import type { SourceDocument, SourceSchema } from "./source-document.ts";
import { visitReferences } from "./visit-references.ts";

/** The component schemas that some operation leads to; the rest is left over in the vendor's files. */
export function reachableSchemas(document: Pick<SourceDocument, "paths" | "components">): Record<string, SourceSchema> {
  const schemas = document.components.schemas;
  const found = new Set<string>();
  const visit = (root: unknown): void => {
    visitReferences(root, ({ $ref }) => {
      const name = $ref.replace("#/components/schemas/", "");
      if (found.has(name)) return;
      found.add(name);
      visit(schemas[name]);
    });
  };
  visit(document.paths);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}
