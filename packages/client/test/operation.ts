import type { Operation, OperationTable } from "@ghlkit/contract";

/** A row of the operation table with the fields a test cares for. */
export function operation(fields: Partial<Operation> & Pick<Operation, "id">): Operation {
  return {
    method: "GET",
    path: "/things",
    version: "v3",
    scopes: null,
    tokens: ["location"],
    tenant: [],
    retry: "safe",
    pagination: null,
    body: null,
    comma: [],
    answer: "json",
    deprecated: false,
    successor: null,
    ...fields,
  };
}

/** A table of a few rows. */
export function tableOf(...rows: readonly Operation[]): OperationTable {
  const service = (name: string): readonly Operation[] => rows.filter((row) => row.id.startsWith(`${name}.`));
  return {
    services: [...new Set(rows.map((row) => row.id.slice(0, row.id.indexOf("."))))],
    service,
    operation: (id) => rows.find((row) => row.id === id),
    operations: () => rows,
  };
}
