import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { withoutComments } from "./code-text.ts";
import { findOperations } from "./find-operations.ts";

const helperImport = /\bfrom\s*["'](@ghlkit\/(?:crm\/[\w/]+|sync))["']/g;
const relativeImport = /(?<!import\s+type[^;]*)\bfrom\s*["'](\.[^"']+)["']|\bimport\s*\(?\s*["'](\.[^"']+)["']/g;

/** Helpers of ghlkit that code imports: subpaths of `@ghlkit/crm`, and `@ghlkit/sync`. */
export function helperImports(code: string): readonly string[] {
  return [...code.matchAll(helperImport)].map(([, name = ""]) => name);
}

/**
 * Operations that the files of a helper name, all of its functions together: which of them code calls cannot be read from its text.
 * Of the version that is installed beside this command.
 */
export async function helperOperations(name: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const seen = new Set<string>();
  const read = async (url: string): Promise<void> => {
    if (seen.has(url) || !existsSync(fileURLToPath(url))) return;
    seen.add(url);
    const code = withoutComments(await readFile(fileURLToPath(url), "utf8"));
    for (const { id } of findOperations(code)) ids.add(id);
    for (const [, from, dynamic] of code.matchAll(relativeImport)) await read(new URL(from ?? dynamic ?? "", url).href);
  };
  await read(import.meta.resolve(name));
  return ids;
}
