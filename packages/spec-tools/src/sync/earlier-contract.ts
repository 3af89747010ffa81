import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContractDocuments } from "../diff/compare-contracts.ts";
import type { OpenApiDocument } from "../generate/document.ts";
import { readDocument } from "../load/read-documents.ts";
import { serviceNames } from "../load/service-names.ts";
import type { Generation } from "../normalise/contract-document.ts";

/** What a document of the new contract is, and how it is written. */
export interface WrittenDocument {
  readonly document: OpenApiDocument;
  readonly text: string;
}

/**
 * The contract as it stands in `openapi/`. A document that is written as it will be written again is the new one itself: most are, and to
 * parse YAML is what takes a sync the most time and memory.
 */
export async function earlierContract(root: string, written: ReadonlyMap<string, WrittenDocument>): Promise<ContractDocuments> {
  const read = async (generation: Generation): Promise<Map<string, OpenApiDocument>> => {
    const documents = new Map<string, OpenApiDocument>();
    // One after the other: the trees of two large documents need not be in memory at once.
    for (const service of await serviceNames(join(root, "openapi", generation))) {
      const name = `openapi/${generation}/${service}.yaml`;
      const now = written.get(name);
      const isSame = now !== undefined && (await readFile(join(root, name), "utf8")) === now.text;
      documents.set(service, isSame ? now.document : await readDocument(join(root, name)));
    }
    return documents;
  };
  return { v3: await read("v3"), v2: await read("v2") };
}
