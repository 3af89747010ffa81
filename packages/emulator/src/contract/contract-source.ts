import { operationTable as v3, type Operation, type OperationId as V3OperationId } from "@ghlkit/contract";
import { documentOf, loadDocument, type Generation, type OpenApiDocument } from "@ghlkit/contract-documents";
import { operationTable as v2, type OperationId as V2OperationId } from "@ghlkit/contract/v2";

export type { Generation, OpenApiDocument, Operation };

/** Id of an operation of either generation. */
export type OperationId = V3OperationId | V2OperationId;

/** All that the emulator knows of the contract. */
export interface ContractSource {
  /** The operations that stand in the documents of a generation. */
  readonly operations: (generation: Generation) => readonly Operation[];
  /** The document in which an operation stands; nothing is loaded before it is asked for. */
  readonly document: (generation: Generation, operationId: string) => Promise<OpenApiDocument | undefined>;
}

/** The contract this package was built with. */
export const packagedContract: ContractSource = {
  operations: (generation) => (generation === "v2" ? v2.operations() : withoutV2Rows(v3.operations())),
  async document(generation, operationId) {
    const service = documentOf(generation, operationId);
    return service === undefined ? undefined : await loadDocument(generation, service);
  },
};

/**
 * The root table of the contract also lists operations of v2 that nothing replaced. They are recognised by their
 * `Version`: it is not the one that the rest of their service asks for.
 */
function withoutV2Rows(rows: readonly Operation[]): readonly Operation[] {
  const usual = new Map([...Map.groupBy(rows, serviceOf)].map(([service, own]) => [service, usualVersion(own)]));
  return rows.filter((row) => row.version === null || row.version === "v3" || row.version === usual.get(serviceOf(row)));
}

function serviceOf(row: Operation): string {
  return row.id.slice(0, row.id.indexOf("."));
}

function usualVersion(rows: readonly Operation[]): string {
  const counts = new Map<string, number>();
  for (const { version } of rows) if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "v3";
}
