import { createOperationTable, type OperationTable } from "./operation-table.ts";
import { table } from "./generated/v3/table.ts";
import { table as withoutSuccessor } from "./generated/v3/v2-only-table.ts";

/**
 * Operations of the current generation, and those of the dated one that have no successor.
 * The dated generation as a whole is `@ghlkit/contract/v2`.
 */
export const operationTable: OperationTable = /* @__PURE__ */ createOperationTable(table, withoutSuccessor);

// Operations
export { createOperationTable, type OperationTable } from "./operation-table.ts";
export type { AnswerKind, BodyKind, HttpMethod, Operation, Pagination, RetryClass, TenantParameter, TokenKind } from "./operation.ts";
export type { RouteOptions } from "./route-options.ts";
export type { OperationId } from "./generated/operation-ids.ts";
export type { Scope } from "./generated/scopes.ts";
