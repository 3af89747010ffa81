import type { OperationNames } from "../names/operation-names.ts";
import type { Generation } from "../normalise/contract-document.ts";
import { normalise, type Repair } from "../normalise/normalise.ts";
import { operationsOf } from "../normalise/operations-of.ts";
import type { SourceDocument } from "../normalise/source-document.ts";
import type { SourceFacts } from "../normalise/source-facts.ts";
import { routeKey } from "../normalise/route-key.ts";
import { pointerStep, SpecStop } from "../normalise/spec-stop.ts";
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

/**
 * Normalises every document of a source. Ids of new operations are added to `names`.
 * @throws SpecStop for what no rule knows, and for a route that two documents describe.
 */
export function normaliseSource(source: Source, facts: SourceFacts, names: OperationNames): NormalisedSource {
  const files: ContractFile[] = [];
  const routes: Routes = new Map();
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
    addRoutes(routes, { file, generation, document: result.document });
    repairs.push(...result.repairs.map((repair) => ({ ...repair, generation })));
  }
  return { files, repairs };
}

/** Where each id of a generation stands. */
type Routes = Map<string, { readonly key: string; readonly file: string }>;

/** Two routes of one generation cannot have one id, such as a restyled path beside the old one that came back. */
function addRoutes(routes: Routes, { file, generation, document }: Omit<ContractFile, "service"> & { readonly file: string }): void {
  for (const { key, operation } of operationsOf(document as SourceDocument)) {
    const id = `${generation} ${operation.operationId}`;
    const other = routes.get(id);
    if (other !== undefined && routeKey(other.key) === routeKey(key))
      throw new SpecStop(file, pointerOf(key), `${key} stands in ${other.file}, too`);
    if (other !== undefined) {
      throw new Error(
        `openapi/names.yaml: ${operation.operationId} is the id of both ${other.key} (${other.file}) and ${key} (${file}): give one of them an id of its own`,
      );
    }
    routes.set(id, { key, file });
  }
}

function pointerOf(key: string): string {
  const [method = "", path = ""] = key.split(" ");
  return `/paths${pointerStep(path)}/${method.toLowerCase()}`;
}
