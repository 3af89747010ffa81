import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenApiDocument } from "../generate/document.ts";
import { parseYaml } from "./parse-yaml.ts";
import { serviceNames } from "./service-names.ts";

/** Reads the documents of a folder by service; none when there is no folder. */
export async function readDocuments(folder: string): Promise<Map<string, OpenApiDocument>> {
  const documents = new Map<string, OpenApiDocument>();
  // One after the other: the trees of all documents at once take more than twice the memory, and no less time.
  for (const name of await serviceNames(folder)) documents.set(name, await readDocument(join(folder, `${name}.yaml`)));
  return documents;
}

/** Reads one document. @throws Error with the file when it is not a YAML map. */
export async function readDocument(file: string): Promise<OpenApiDocument> {
  const document = parseYaml(file, await readFile(file, "utf8"));
  if (typeof document !== "object" || document === null || Array.isArray(document)) throw new Error(`${file}: is not a map`);
  return document as OpenApiDocument;
}
