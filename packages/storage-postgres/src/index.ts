export {
  createPostgresStorage,
  type PostgresConnectionOption,
  type PostgresPoolOption,
  type PostgresSchemaOption,
  type PostgresStorageOptions,
  type PostgresStores,
} from "./postgres-storage.ts";
export type { PostgresTransaction } from "./postgres-connection.ts";
export type { PostgresClient, PostgresPool, PostgresResult } from "./postgres-pool.ts";
