import type { ContractSource, Generation, Operation } from "../../src/contract/contract-source.ts";
import { findOperation, queryParameters, successOf, type Success } from "../../src/contract/open-api.ts";
import type { Evidence } from "../../src/http/answer.ts";
import { listFacts } from "../../src/resources/answer-list.ts";
import { parameterKind } from "../../src/resources/list-parameters.ts";
import { resourceOperations } from "../../src/resources/resource-table.ts";
import { resource } from "../../src/resources/resource.ts";
import { declarations, handlers, statedEvidence } from "../../src/services/services.ts";
import { isDescribed } from "../../src/validate/is-described.ts";

/** How the emulator answers one operation of one generation. */
export interface OperationCoverage {
  readonly operation: Operation;
  readonly generation: Generation;
  /** `handler`: code of its service. `state`: its role, from the resource store. `sample`: made up from the schema. */
  readonly how: "handler" | "state" | "sample";
  /** Role and resource, where the store answers. */
  readonly role?: string;
  readonly evidence: Evidence;
  /** Parameters of a list that it does not understand. */
  readonly unknownParameters: readonly string[];
}

/** How the emulator answers every operation of a generation. */
export async function operationCoverage(contract: ContractSource, generation: Generation): Promise<readonly OperationCoverage[]> {
  return Promise.all(contract.operations(generation).map((operation) => coverageOf(contract, generation, operation)));
}

async function coverageOf(contract: ContractSource, generation: Generation, operation: Operation): Promise<OperationCoverage> {
  const document = await contract.document(generation, operation.id);
  const node = document && findOperation(document, operation);
  if (document === undefined || node === undefined) throw new Error(`The ${generation} contract has no document of ${operation.id}.`);
  const success = successOf(document, node);
  const served = resourceOperations.get(operation.id);
  const how = operation.id in handlers ? "handler" : served === undefined ? "sample" : "state";
  const usual: Evidence = isDescribed(success, document) ? "documented" : "inferred";
  const evidence = how === "sample" ? "sample" : (statedEvidence.get(operation.id) ?? usual);
  const names = queryParameters(document, operation, node).map(({ name }) => name);
  const unknownParameters = how === "state" && served?.role === "list" ? unknownNames(names) : [];
  return {
    operation,
    generation,
    how,
    evidence,
    unknownParameters,
    ...(how === "state" && served !== undefined && { role: `${served.role} ${served.resource}` }),
  };

  function unknownNames(given: readonly string[]): readonly string[] {
    if (served === undefined || document === undefined) return [];
    const declaration = declarations.get(served.resource) ?? resource(served.resource);
    const facts = listFacts(served, declaration, { operation, generation, success: success as Success, document });
    return given.filter((name) => parameterKind(name, facts) === "unknown");
  }
}
