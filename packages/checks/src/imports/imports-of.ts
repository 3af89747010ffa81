import { parseSync, Visitor } from "oxc-parser";

/**
 * What a source file imports, as it is written: static and dynamic imports, re-exports, `import type` and `import("…")` in types. Types
 * count: who reads a file has to know what it names, whether or not that is there at run time.
 * @throws Error for code that cannot be parsed.
 */
export function importsOf(path: string, code: string): readonly string[] {
  const { program, errors } = parseSync(path, code);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const found = new Set<string>();
  const add = (source: unknown): void => {
    const { value } = (source ?? {}) as { readonly value?: unknown };
    if (typeof value === "string") found.add(value);
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
  }).visit(program);
  return [...found];
}
