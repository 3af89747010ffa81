import { createHash } from "node:crypto";
import type { Generation } from "../normalise/contract-document.ts";
import { assertSchema } from "../normalise/known-schema.ts";
import type { SourceSchema } from "../normalise/source-document.ts";
import { pointerStep, SpecStop } from "../normalise/spec-stop.ts";
import { readJsonFile } from "./read-json-file.ts";
import { serviceFiles, type ServiceFile } from "./service-files.ts";

export interface SourceFile extends ServiceFile {
  readonly raw: unknown;
}

export interface Source {
  readonly files: readonly SourceFile[];
  readonly common: Readonly<Record<Generation, Readonly<Record<string, SourceSchema>>>>;
  /** SHA-256 of every file that was read. */
  readonly hashes: ReadonlyMap<string, string>;
}

const commonFiles: Readonly<Record<Generation, string>> = {
  v3: "apps/v3/common/common-schemas.json",
  v2: "common/common-schemas.json",
};

/**
 * Reads the vendor's documents from a folder.
 * @throws SourceLayoutError for a folder that is laid out differently; SpecStop for a file that cannot be read.
 */
export async function readSource(folder: string): Promise<Source> {
  const hashes = new Map<string, string>();
  const readJson = async (file: string): Promise<unknown> => {
    const { bytes, value } = await readJsonFile(folder, file);
    hashes.set(file, createHash("sha256").update(bytes).digest("hex"));
    return value;
  };
  const services = await serviceFiles(folder, Object.values(commonFiles));
  const common = { v3: await readCommon(readJson, "v3"), v2: await readCommon(readJson, "v2") };
  const files = await Promise.all(services.map(async (file) => ({ ...file, raw: await readJson(file.file) })));
  return { files, common, hashes };
}

async function readCommon(readJson: (file: string) => Promise<unknown>, generation: Generation): Promise<Record<string, SourceSchema>> {
  const file = commonFiles[generation];
  const document = await readJson(file);
  const schemas = recordAt(file, document, "/components/schemas") as Record<string, SourceSchema>;
  for (const [name, schema] of Object.entries(schemas)) assertSchema(file, `/components/schemas${pointerStep(name)}`, schema);
  return schemas;
}

/** The object at a pointer; an empty one where a step of it is absent. */
function recordAt(file: string, document: unknown, pointer: string): Record<string, unknown> {
  let value: unknown = document;
  for (const step of pointer.split("/").slice(1)) {
    value = (value as Record<string, unknown>)[step];
    if (value === undefined) return {};
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SpecStop(file, pointer, "is not an object");
  }
  return value as Record<string, unknown>;
}
