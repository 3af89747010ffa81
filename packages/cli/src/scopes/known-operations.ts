import { operationTable, type Operation } from "@ghlkit/contract";
import { operationTable as v2Table } from "@ghlkit/contract/v2";

/** Names of services: the first part of an operation id. */
export const services: ReadonlySet<string> = new Set([...operationTable.services, ...v2Table.services]);

/** An operation of either generation, v3 first. */
export function operationOf(id: string): Operation | undefined {
  return operationTable.operation(id) ?? v2Table.operation(id);
}

/** The operation of a method and path template. */
export function operationOfPath(method: string, path: string): Operation | undefined {
  const isIt = (operation: Operation): boolean => operation.method === method && withoutEnd(operation.path) === withoutEnd(path);
  return operationTable.operations().find(isIt) ?? v2Table.operations().find(isIt);
}

function withoutEnd(path: string): string {
  return path.replace(/\/$/, "");
}
