import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OperationNames } from "../names/operation-names.ts";
import { yamlText } from "../write/yaml-text.ts";
import { normaliseSource } from "./normalise-source.ts";
import { readFacts } from "./read-facts.ts";
import { readSource } from "./read-source.ts";
import { writeContract } from "./write-contract.ts";

export interface SyncOptions {
  /** Folder with the vendor's documents. */
  readonly source: string;
  /** Root of the repository that holds `openapi/`. */
  readonly root: string;
}

/** Writes the contract from the vendor's documents. */
export async function sync({ source: folder, root }: SyncOptions): Promise<readonly string[]> {
  const openapi = join(root, "openapi");
  const source = await readSource(folder);
  const names = OperationNames.read(await readFile(join(openapi, "names.yaml"), "utf8").catch(() => ""));
  const { files } = normaliseSource(source, await readFacts(), names);
  const texts = new Map(files.map(({ generation, service, document }) => [`${generation}/${service}.yaml`, yamlText(document)]));
  texts.set("names.yaml", names.toText());
  return writeContract(openapi, texts, ["v3", "v2"]);
}
