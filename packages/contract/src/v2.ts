import { table } from "./generated/v2/table.ts";
import { createOperationTable, type OperationTable } from "./operation-table.ts";

/** Operations of v2 (`Version: 2021-07-28` and older), 576 at the first import. */
export const operationTable: OperationTable = /* @__PURE__ */ createOperationTable(table);

export type { OperationId } from "./generated/v2/operation-ids.ts";
