import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenApiDocument } from "../generate/document.ts";
import { parseYaml } from "./parse-yaml.ts";

/** Reads the documents of a folder by service; none when there is no folder. */
export async function readDocuments(folder: string): Promise<Map<string, OpenApiDocument>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml")).toSorted();
  return new Map(
    await Promise.all(names.map(async (name) => [name.slice(0, -".yaml".length), await readDocument(join(folder, name))] as const)),
  );
}

/** Reads one document. @throws Error with the file when it is not a YAML map. */
export async function readDocument(file: string): Promise<OpenApiDocument> {
  const document = parseYaml(file, await readFile(file, "utf8"));
  if (typeof document !== "object" || document === null || Array.isArray(document)) throw new Error(`${file}: is not a map`);
  return document as OpenApiDocument;
}
