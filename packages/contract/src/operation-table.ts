import { decodeService, type EncodedTable } from "./decode-table.ts";
import type { Operation } from "./operation.ts";

/** The operations of one generation, decoded service by service when first asked for. */
export interface OperationTable {
  /** Service names in camel case, sorted: the first part of every operation id. */
  readonly services: readonly string[];
  /** Rows of one service; none for an unknown one. */
  readonly service: (name: string) => readonly Operation[];
  /** Row of an id, or `undefined`. */
  readonly operation: (id: string) => Operation | undefined;
  /** Every row. */
  readonly operations: () => readonly Operation[];
}

/** Makes one table of encoded ones, such as that of a generation and that of what v2 alone can do. */
export function createOperationTable(...tables: readonly EncodedTable[]): OperationTable {
  const decoded = new Map<string, readonly Operation[]>();
  const services = [...new Set(tables.flatMap((table) => Object.keys(table.services)))].toSorted();
  const service = (name: string): readonly Operation[] => {
    let rows = decoded.get(name);
    if (rows === undefined) decoded.set(name, (rows = tables.flatMap((table) => decodeService(table, name))));
    return rows;
  };
  return {
    services,
    service,
    operation: (id) => service(id.slice(0, id.indexOf("."))).find((row) => row.id === id),
    operations: () => services.flatMap(service),
  };
}
