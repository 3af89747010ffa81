export { postgres, type PostgresClient, type PostgresOptions, type PostgresPool } from "./postgres.ts";
export type { CopyEngine } from "../copy/copy-engine.ts";
