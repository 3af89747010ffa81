import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Generation } from "../normalise/contract-document.ts";
import type { SourceSchema } from "../normalise/source-document.ts";
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

/** Reads the vendor's documents from a folder. */
export async function readSource(folder: string): Promise<Source> {
  const hashes = new Map<string, string>();
  const readJson = async (file: string): Promise<unknown> => {
    const bytes = await readFile(join(folder, file));
    hashes.set(file, createHash("sha256").update(bytes).digest("hex"));
    return JSON.parse(bytes.toString("utf8"));
  };
  const common = { v3: await readCommon(readJson, "v3"), v2: await readCommon(readJson, "v2") };
  const files = await Promise.all((await serviceFiles(folder)).map(async (file) => ({ ...file, raw: await readJson(file.file) })));
  return { files, common, hashes };
}

async function readCommon(readJson: (file: string) => Promise<unknown>, generation: Generation): Promise<Record<string, SourceSchema>> {
  const document = (await readJson(commonFiles[generation])) as { components?: { schemas?: Record<string, SourceSchema> } };
  return document.components?.schemas ?? {};
}
