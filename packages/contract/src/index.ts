// Operations
export type { AnswerKind, BodyKind, HttpMethod, Operation, Pagination, RetryClass, TenantParameter, TokenKind } from "./operation.ts";
