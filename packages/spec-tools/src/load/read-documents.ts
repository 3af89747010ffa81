import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { OpenApiDocument } from "../generate/document.ts";

/** Reads the documents of a folder by service; none when there is no folder. */
export async function readDocuments(folder: string): Promise<Map<string, OpenApiDocument>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml")).toSorted();
  return new Map(
    await Promise.all(names.map(async (name) => [name.slice(0, -".yaml".length), await readDocument(join(folder, name))] as const)),
  );
}

/** Reads one document. */
export async function readDocument(file: string): Promise<OpenApiDocument> {
  return parse(await readFile(file, "utf8")) as OpenApiDocument;
}
