import { createOperationTable, type OperationTable } from "./operation-table.ts";
import { table } from "./generated/v3/table.ts";
import { table as v2Only } from "./generated/v3/v2-only-table.ts";

/**
 * Operations of v3, and those of v2 that have no successor.
 * v2 as a whole is `@ghlkit/contract/v2`.
 */
export const operationTable: OperationTable = /* @__PURE__ */ createOperationTable(table, v2Only);

// Operations
export { createOperationTable, type OperationTable } from "./operation-table.ts";
export { tableAlphabet, type TableAlphabet } from "./table-alphabet.ts";
export type { AnswerKind, BodyKind, HttpMethod, Operation, Pagination, RetryClass, TenantParameter, TokenKind } from "./operation.ts";
export { acceptsToken, tokenKindsOf, type TokenHolder, type TokenSource } from "./accepts-token.ts";
export type { RouteOptions } from "./route-options.ts";
export type { OperationId } from "./generated/operation-ids.ts";
export type { Scope } from "./generated/scopes.ts";
