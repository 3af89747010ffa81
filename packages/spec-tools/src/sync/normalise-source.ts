import type { OperationNames } from "../names/operation-names.ts";
import type { Generation } from "../normalise/contract-document.ts";
import { normalise, type Repair } from "../normalise/normalise.ts";
import { operationsOf } from "../normalise/operations-of.ts";
import type { SourceDocument } from "../normalise/source-document.ts";
import type { SourceFacts } from "../normalise/source-facts.ts";
import type { Source } from "./read-source.ts";

export interface ContractFile {
  readonly service: string;
  readonly generation: Generation;
  readonly document: object;
}

export interface NormalisedSource {
  readonly files: readonly ContractFile[];
  readonly repairs: readonly (Repair & { readonly generation: Generation })[];
}

/** Normalises every document of a source. Ids of new operations are added to `names`. */
export function normaliseSource(source: Source, facts: SourceFacts, names: OperationNames): NormalisedSource {
  const files: ContractFile[] = [];
  const repairs: NormalisedSource["repairs"][number][] = [];
  // The current generation names first: what both have is spelt as it spells it.
  for (const { service, generation, file, raw } of source.files) {
    const result = normalise({
      file,
      service,
      generation,
      raw,
      common: source.common[generation],
      facts,
      idOf: (key) => names.idOf(key, service),
    });
    files.push({ service, generation, document: result.document });
    repairs.push(...result.repairs.map((repair) => ({ ...repair, generation })));
  }
  assertDistinctIds(files);
  return { files, repairs };
}

/** Two routes of one generation cannot have one id, such as a restyled path beside the old one that came back. */
function assertDistinctIds(files: readonly ContractFile[]): void {
  const keys = new Map<string, string>();
  for (const { generation, service, document } of files) {
    for (const { key, operation } of operationsOf(document as SourceDocument)) {
      const id = `${generation} ${operation.operationId}`;
      const other = keys.get(id);
      if (other !== undefined) {
        throw new Error(
          `openapi/names.yaml: ${operation.operationId} is the id of both ${other} and ${key} (${generation}/${service}): give one of them an id of its own`,
        );
      }
      keys.set(id, key);
    }
  }
}
